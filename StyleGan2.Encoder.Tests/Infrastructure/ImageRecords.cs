using System.Buffers;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Record files of made images.</summary>
internal static class ImageRecords
{
    /// <summary>An image whose values follow from its index.</summary>
    internal static byte[] Pixels(int index, ImageShape shape) =>
        [.. Enumerable.Range(0, (int)shape.Size).Select(i => (byte)((index * 31) + (i * 7) + (i * i / 11)))];

    internal static byte[] Record(int index, ImageShape shape, ExampleKeyOrder order = ExampleKeyOrder.DataShape)
    {
        ArrayBufferWriter<byte> buffer = new();
        ExampleWriter.Write(buffer, Pixels(index, shape), shape, order);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A TFRecord file of records.</summary>
    internal static byte[] File(params IEnumerable<byte[]> records)
    {
        using MemoryStream stream = new();
        using (TFRecordWriter writer = new(stream))
        {
            foreach (byte[] record in records)
            {
                writer.Write(record);
            }
        }

        return stream.ToArray();
    }

    /// <summary>A TFRecord file of the images 0 to count - 1.</summary>
    internal static byte[] File(int count, ImageShape shape) => File(Enumerable.Range(0, count).Select(i => Record(i, shape)));
}
