using System.Buffers;

namespace TensorGraph.Records;

/// <summary>
/// Writes images of one shape as records, the same bytes as <see cref="ExampleWriter"/> gives, without a copy of the pixels. The stream is
/// disposed with the writer.
/// </summary>
public sealed class ImageRecordWriter : IDisposable
{
    private readonly TFRecordWriter _writer;
    private readonly ImageShape _shape;
    private readonly byte[] _head;
    private readonly byte[] _tail;

    /// <summary>Makes a writer.</summary>
    /// <param name="stream">Where records are written, from its current position on.</param>
    /// <param name="shape">The shape of all images.</param>
    /// <param name="order">Which feature comes first.</param>
    public ImageRecordWriter(Stream stream, ImageShape shape, ExampleKeyOrder order = ExampleKeyOrder.DataShape)
    {
        _writer = new TFRecordWriter(stream);
        _shape = shape;
        (_head, _tail) = Surroundings(shape, order);
    }

    /// <summary>Writes one image.</summary>
    /// <param name="pixels">Its pixels, uint8 [channels, height, width].</param>
    /// <exception cref="ArgumentException">The shape does not hold that many pixels.</exception>
    /// <exception cref="IOException">The stream fails; what it holds then ends inside a record.</exception>
    public void Write(ReadOnlySpan<byte> pixels)
    {
        if (pixels.Length != _shape.Size)
        {
            throw new ArgumentException($"{pixels.Length} bytes are not an image of shape {_shape}", nameof(pixels));
        }

        _writer.Write(_head, pixels, _tail);
    }

    /// <summary>Hands everything written to the stream's own destination.</summary>
    public void Flush() => _writer.Flush();

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    /// <summary>What is before and after the pixels: the same in all records of a shape.</summary>
    private static (byte[] Head, byte[] Tail) Surroundings(ImageShape shape, ExampleKeyOrder order)
    {
        ArrayBufferWriter<byte> blank = new();
        ExampleWriter.Write(blank, new byte[shape.Size], shape, order);
        ReadOnlySpan<byte> record = blank.WrittenSpan;
        ImageExample image = ImageExample.Parse(record, new RecordLocation("a blank image", 0));
        record.Overlaps(image.Data, out int start);
        return (record[..start].ToArray(), record[(start + image.Data.Length)..].ToArray());
    }
}
