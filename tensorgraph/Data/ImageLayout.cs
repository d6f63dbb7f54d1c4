using System.Buffers;
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
    internal bool TryReadRun(RecordFile file, ReadOnlySpan<Component> records, Span<byte> pixels)
    {
        int size = pixels.Length / records.Length;
        if (records[0].Length != _head.Length + size + _tail.Length || !RecordRun.Covers(records))
        {
            return false;
        }

        byte[] around = ArrayPool<byte>.Shared.Rent(RecordRun.AroundSize(records.Length, _head.Length, _tail.Length));
        try
        {
            RecordRun run = new(around, pixels, size, _head.Length, _tail.Length);
            return file.TryReadRun(records[0].Offset, run) && Surrounds(run);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(around);
        }
    }

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

    private bool Surrounds(in RecordRun run)
    {
        for (int i = 0; i < run.Count; i++)
        {
            if (!run.Head(i).SequenceEqual(_head) || !run.Tail(i).SequenceEqual(_tail))
            {
                return false;
            }
        }

        return true;
    }
}
