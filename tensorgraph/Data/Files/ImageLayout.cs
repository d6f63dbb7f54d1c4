using TensorGraph.Data.Elements;
using TensorGraph.Records;

namespace TensorGraph.Data.Files;

/// <summary>
/// How a file's records hold their images: the bytes before the pixels and those after. Nearly always they are the same in all records of a
/// file.
/// </summary>
/// <param name="head">The bytes before.</param>
/// <param name="tail">The bytes after.</param>
internal sealed class ImageLayout(byte[] head, byte[] tail)
{
    private const int Longest = 256;

    /// <summary>The layout of a record that was parsed; null where more surrounds the pixels than is worth comparing.</summary>
    internal static ImageLayout? Of(ReadOnlySpan<byte> record, ImageExample image)
    {
        record.Overlaps(image.Data, out int start);
        ReadOnlySpan<byte> after = record[(start + image.Data.Length)..];
        return start <= Longest && after.Length <= Longest ? new ImageLayout(record[..start].ToArray(), after.ToArray()) : null;
    }

    /// <summary>Copies a record's pixels into their place if the record has this layout.</summary>
    internal bool TryCopy(ReadOnlySpan<byte> record, Span<byte> pixels)
    {
        bool fits = HasLength(record.Length, pixels) && record.StartsWith(head) && record.EndsWith(tail);
        if (fits)
        {
            record.Slice(head.Length, pixels.Length).CopyTo(pixels);
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

        Span<byte> before = (stackalloc byte[Longest])[..head.Length];
        Span<byte> after = (stackalloc byte[Longest])[..tail.Length];
        file.ReadRecord(record, before, pixels, after);
        return before.SequenceEqual(head) && after.SequenceEqual(tail);
    }

    private bool HasLength(long record, Span<byte> pixels) => record == head.Length + pixels.Length + tail.Length;
}
