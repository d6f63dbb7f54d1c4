namespace TensorGraph.Graphs;

/// <summary>Element type of a tensor. The values are ONNX's <c>TensorProto.DataType</c> numbers.</summary>
public enum DataType
{
    /// <summary>32-bit IEEE float.</summary>
    Float32 = 1,

    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8 = 2,

    /// <summary>Signed 32-bit integer.</summary>
    Int32 = 6,

    /// <summary>Signed 64-bit integer.</summary>
    Int64 = 7,

    /// <summary>Boolean, one byte an element.</summary>
    Bool = 9,

    /// <summary>64-bit IEEE float.</summary>
    Float64 = 11,
}
