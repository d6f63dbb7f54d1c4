using TensorGraph.Data.Elements;
using TensorGraph.Records;

namespace TensorGraph.Data.Files;

/// <summary>
/// How a file's records hold their images: the bytes before the pixels and those after. Nearly always they are the same in all records of a
/// file.
/// </summary>
internal sealed class ImageLayout
{
    private const int Longest = 256;
    private readonly byte[] _head;
    private readonly byte[] _tail;

    private ImageLayout(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        _head = head.ToArray();
        _tail = tail.ToArray();
    }

    /// <summary>The layout of a record that was parsed; null where more surrounds the pixels than is worth comparing.</summary>
    internal static ImageLayout? Of(ReadOnlySpan<byte> record, ImageExample image)
    {
        record.Overlaps(image.Data, out int start);
        ReadOnlySpan<byte> tail = record[(start + image.Data.Length)..];
        return start <= Longest && tail.Length <= Longest ? new ImageLayout(record[..start], tail) : null;
    }

    /// <summary>Copies a record's pixels into their place if the record has this layout.</summary>
    internal bool TryCopy(ReadOnlySpan<byte> record, Span<byte> pixels)
    {
        bool fits = HasLength(record.Length, pixels) && record.StartsWith(_head) && record.EndsWith(_tail);
        if (fits)
        {
            record.Slice(_head.Length, pixels.Length).CopyTo(pixels);
        }

        return fits;
    }

    /// <summary>Reads a record's pixels straight into their place if the record has this layout.</summary>
    /// <exception cref="RecordException">The checksum does not match, or the file has become shorter.</exception>
    internal bool TryRead(RecordFile file, in Component record, Span<byte> pixels)
    {
        if (!HasLength(record.Length, pixels))
        {
            return false;
        }

        Span<byte> head = (stackalloc byte[Longest])[.._head.Length];
        Span<byte> tail = (stackalloc byte[Longest])[.._tail.Length];
        file.ReadRecord(record, head, pixels, tail);
        return head.SequenceEqual(_head) && tail.SequenceEqual(_tail);
    }

    private bool HasLength(long record, Span<byte> pixels) => record == _head.Length + pixels.Length + _tail.Length;
}
