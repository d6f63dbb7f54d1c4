namespace DatasetTool.Sources.Hdf5;

/// <summary>Which pages of an index were ever written: a bit for each, from the highest of a byte down.</summary>
internal readonly struct PageBitmap(ReadOnlyMemory<byte> bits)
{
    /// <summary>Whether a page was written.</summary>
    internal bool this[ulong page] => (bits.Span[(int)(page / 8)] & (0x80 >> (int)(page % 8))) != 0;
}
