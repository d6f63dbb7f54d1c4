using System.Buffers;
using TensorGraph.Data.Elements;
using TensorGraph.Records;

namespace TensorGraph.Data.Files;

/// <summary>
/// The images in a file's records. The first record is parsed; the others are parsed only where the bytes around their pixels differ from
/// the first's.
/// </summary>
internal sealed class RecordImages(RecordFile file, ImageShape shape) : Storage
{
    private volatile ImageLayout? _layout;

    internal override bool IsInMemory => false;

    internal override void CopyTo(ReadOnlySpan<Component> components, Span<byte> destination)
    {
        int size = (int)shape.Size;
        while (!components.IsEmpty)
        {
            int count = TryReadLarge(components[0], destination[..size]) ? 1 : ReadRun(components, destination);
            components = components[count..];
            destination = destination[(count * size)..];
        }
    }

    /// <summary>An image that would not stay in the processor's cache is read straight into its place.</summary>
    private bool TryReadLarge(in Component record, Span<byte> pixels) =>
        record.Length > RecordFile.Chunk && _layout is { } layout && layout.TryRead(file, record, pixels);

    /// <summary>
    /// Reads images that follow one another in the file, as many as stay in the processor's cache, and copies their pixels from there.
    /// </summary>
    /// <returns>How many.</returns>
    private int ReadRun(ReadOnlySpan<Component> records, Span<byte> pixels)
    {
        byte[] memory = ArrayPool<byte>.Shared.Rent(Math.Max((int)records[0].Length + RecordFraming.FooterSize, RecordFile.Chunk));
        try
        {
            int size = (int)shape.Size, count = file.ReadRun(records, memory);
            for (int i = 0; i < count; i++)
            {
                Copy(file.RecordIn(memory, records[0], records[i]), records[i].Offset, pixels.Slice(i * size, size));
            }

            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(memory);
        }
    }

    private void Copy(ReadOnlySpan<byte> record, long offset, Span<byte> pixels)
    {
        if (_layout?.TryCopy(record, pixels) is true)
        {
            return;
        }

        RecordLocation location = file.Location(offset);
        ImageExample image = ImageExample.Parse(record, location);
        image.RequireShape(shape, location);
        image.Data.CopyTo(pixels);
        _layout ??= ImageLayout.Of(record, image);
    }
}
