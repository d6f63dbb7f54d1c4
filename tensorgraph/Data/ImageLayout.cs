using TensorGraph.Data.Files;
using TensorGraph.Records;

namespace TensorGraph.Data;

/// <summary>How an image's record is laid out: the bytes before its pixels and those after.</summary>
internal sealed class ImageLayout
{
    private const int Longest = RecordFile.LongestTail;
    private readonly byte[] _head;
    private readonly byte[] _tail;

    private ImageLayout(byte[] head, byte[] tail)
    {
        _head = head;
        _tail = tail;
    }

    /// <summary>The layout of a record that was parsed; null where more surrounds the pixels than is worth comparing.</summary>
    internal static ImageLayout? Of(ReadOnlySpan<byte> record, ImageExample image)
    {
        record.Overlaps(image.Data, out int start);
        ReadOnlySpan<byte> tail = record[(start + image.Data.Length)..];
        return start <= Longest && tail.Length <= Longest ? new ImageLayout(record[..start].ToArray(), tail.ToArray()) : null;
    }

    /// <summary>Reads the pixels of consecutive records into their place at once, if all are laid out this way.</summary>
    internal bool TryReadRun(RecordFile file, ReadOnlySpan<Component> records, Span<byte> pixels) => file.TryReadRun(records, _head, pixels, _tail);

    /// <summary>Reads the pixels of a record into their place if it is laid out this way.</summary>
    internal bool TryRead(RecordFile file, in Component component, Span<byte> pixels)
    {
        if (component.Length != _head.Length + pixels.Length + _tail.Length)
        {
            return false;
        }

        Span<byte> head = (stackalloc byte[Longest])[.._head.Length];
        Span<byte> tail = (stackalloc byte[Longest])[.._tail.Length];
        file.ReadRecord(component.Offset, head, pixels, tail);
        return head.SequenceEqual(_head) && tail.SequenceEqual(_tail);
    }
}
