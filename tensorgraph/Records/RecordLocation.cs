namespace TensorGraph.Records;

/// <summary>A place in a record file.</summary>
/// <param name="File">The file's name, as the user gave it.</param>
/// <param name="Offset">Bytes from the file's start; in a compressed file, from the start of what it holds.</param>
public readonly record struct RecordLocation(string File, long Offset)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}, byte {Offset}";

    /// <summary>The place some bytes further on.</summary>
    internal RecordLocation Plus(long bytes) => this with { Offset = Offset + bytes };
}
