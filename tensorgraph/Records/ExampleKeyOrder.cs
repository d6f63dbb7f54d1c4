namespace TensorGraph.Records;

/// <summary>Which feature of an example is written first. Readers take either.</summary>
public enum ExampleKeyOrder
{
    /// <summary><c>data</c>, then <c>shape</c>: what Python's protobuf runtime of today writes.</summary>
    DataShape,

    /// <summary><c>shape</c>, then <c>data</c>: what the pure Python protobuf runtime wrote.</summary>
    ShapeData,
}
