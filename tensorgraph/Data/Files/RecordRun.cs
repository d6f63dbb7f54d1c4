using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using TensorGraph.Records;

namespace TensorGraph.Data.Files;

/// <summary>Consecutive records of one layout being read at once: their bodies go to their places, here is what lies around them.</summary>
/// <param name="around">Memory of <see cref="AroundSize"/> bytes.</param>
/// <param name="bodies">The bodies' places, one after the other.</param>
/// <param name="bodyLength">Bytes of a record's body.</param>
/// <param name="headLength">Bytes of a record before its body.</param>
/// <param name="tailLength">Bytes of a record after its body.</param>
internal readonly ref struct RecordRun(Span<byte> around, Span<byte> bodies, int bodyLength, int headLength, int tailLength)
{
    /// <summary>The most records that are read at once.</summary>
    internal const int Most = (ScatterRead.MostPlaces - 1) / 2;

    private readonly Span<byte> _around = around;
    private readonly Span<byte> _bodies = bodies;
    private readonly int _gap = Gap(headLength, tailLength);

    /// <summary>How many records there are.</summary>
    private int Count => _bodies.Length / bodyLength;

    /// <summary>All bytes from the first record's data to the last one's checksum.</summary>
    private long Length => _bodies.Length + ((long)(Count - 1) * _gap) + headLength + tailLength + RecordFraming.FooterSize;

    /// <summary>The memory needed for what lies around the bodies.</summary>
    internal static int AroundSize(int count, int headLength, int tailLength) => (count + 1) * Gap(headLength, tailLength);

    private Span<byte> Body(int index) => _bodies.Slice(index * bodyLength, bodyLength);

    private Span<byte> Head(int index) => _around.Slice(((index + 1) * _gap) - headLength, headLength);

    private Span<byte> Tail(int index) => _around.Slice((index + 1) * _gap, tailLength);

    /// <summary>What is read between the body before and this one; after the last body, what is read of the last record.</summary>
    private Span<byte> Before(int index) =>
        index == 0 ? Head(0) : index < Count ? _around.Slice(index * _gap, _gap) : _around.Slice(index * _gap, tailLength + RecordFraming.FooterSize);

    /// <summary>Whether components are records that follow one another in their file, all of one length.</summary>
    internal static bool Covers(ReadOnlySpan<Component> components)
    {
        Component expected = components[0];
        foreach (ref readonly Component component in components)
        {
            if (component.Source != expected.Source || component.Offset != expected.Offset || component.Length != expected.Length)
            {
                return false;
            }

            expected = expected with { Offset = expected.Offset + expected.Length + RecordFraming.FooterSize + RecordFraming.HeaderSize };
        }

        return true;
    }

    /// <summary>Reads the records by one call to the system.</summary>
    /// <returns>Whether it gave all of them.</returns>
    internal unsafe bool Read(SafeFileHandle file, long offset)
    {
        Span<ScatterRead.Place> places = stackalloc ScatterRead.Place[(2 * Count) + 1];
        fixed (byte* around = _around, bodies = _bodies)
        {
            for (int i = 0; i < Count; i++)
            {
                places[2 * i] = Place(Before(i));
                places[(2 * i) + 1] = Place(Body(i));
            }

            places[^1] = Place(Before(Count));
            return ScatterRead.Read(file, offset, places) == Length;
        }

        static ScatterRead.Place Place(Span<byte> held) => new((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(held)), held.Length);
    }

    /// <summary>Whether every record has the checksum that follows it.</summary>
    internal bool HaveRightChecksums()
    {
        for (int i = 0; i < Count; i++)
        {
            uint crc = Crc32C.Append(Crc32C.Append(Crc32C.Compute(Head(i)), Body(i)), Tail(i));
            if (!RecordFraming.IsFooter(_around.Slice(((i + 1) * _gap) + tailLength, RecordFraming.FooterSize), crc))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether every record begins and ends with some bytes.</summary>
    internal bool AllHave(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        for (int i = 0; i < Count; i++)
        {
            if (!Head(i).SequenceEqual(head) || !Tail(i).SequenceEqual(tail))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>From one body to the next: the end of a record, its checksum, the header of the next and that one's beginning.</summary>
    private static int Gap(int headLength, int tailLength) => tailLength + RecordFraming.FooterSize + RecordFraming.HeaderSize + headLength;
}
