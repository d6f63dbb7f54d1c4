namespace TensorGraph.Records;

/// <summary>How a protobuf field's value is laid out.</summary>
internal enum WireType
{
    /// <summary>An integer in groups of seven bits.</summary>
    Varint = 0,

    /// <summary>Eight bytes.</summary>
    Fixed64 = 1,

    /// <summary>A length, then that many bytes.</summary>
    Bytes = 2,

    /// <summary>The start of a group, which the end of the same field number closes.</summary>
    StartGroup = 3,

    /// <summary>The end of a group.</summary>
    EndGroup = 4,

    /// <summary>Four bytes.</summary>
    Fixed32 = 5,
}
