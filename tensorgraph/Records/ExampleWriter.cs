using System.Buffers;

namespace TensorGraph.Records;

/// <summary>
/// Writes an image as the <c>tf.train.Example</c> that the reference's <c>TFRecordExporter.add_image</c> writes, byte for byte.
/// </summary>
public static class ExampleWriter
{
    /// <summary>Writes the features <c>data</c> (one byte string) and <c>shape</c> (three packed integers).</summary>
    /// <param name="destination">Takes the record.</param>
    /// <param name="data">Pixels, channels first.</param>
    /// <param name="shape">The image's shape.</param>
    /// <param name="order">Which feature comes first.</param>
    /// <exception cref="ArgumentException">The shape does not hold that many pixels.</exception>
    public static void Write(
        IBufferWriter<byte> destination, ReadOnlySpan<byte> data, ImageShape shape, ExampleKeyOrder order = ExampleKeyOrder.DataShape)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (data.Length != shape.Size)
        {
            throw new ArgumentException($"{data.Length} bytes are not an image of shape {shape}", nameof(data));
        }

        Span<byte> packed = stackalloc byte[3 * ProtoWriter.LongestVarint];
        ProtoWriter dims = new(packed);
        dims.Varint((ulong)shape.Channels);
        dims.Varint((ulong)shape.Height);
        dims.Varint((ulong)shape.Width);
        WriteFeatures(destination, data, dims.Written, order);
    }

    private static void WriteFeatures(
        IBufferWriter<byte> destination, ReadOnlySpan<byte> data, ReadOnlySpan<byte> dims, ExampleKeyOrder order)
    {
        int dataEntry = EntrySize(ExampleFields.Data, data.Length);
        int shapeEntry = EntrySize(ExampleFields.Shape, dims.Length);
        int features = ProtoWriter.FieldSize(dataEntry) + ProtoWriter.FieldSize(shapeEntry);
        int size = ProtoWriter.FieldSize(features);
        ProtoWriter writer = new(destination.GetSpan(size));
        writer.Field(ExampleFields.Features, features);
        if (order == ExampleKeyOrder.DataShape)
        {
            WriteEntry(ref writer, ExampleFields.Data, ExampleFields.BytesList, data);
            WriteEntry(ref writer, ExampleFields.Shape, ExampleFields.Int64List, dims);
        }
        else
        {
            WriteEntry(ref writer, ExampleFields.Shape, ExampleFields.Int64List, dims);
            WriteEntry(ref writer, ExampleFields.Data, ExampleFields.BytesList, data);
        }

        destination.Advance(size);
    }

    private static int EntrySize(ReadOnlySpan<byte> key, int values) =>
        ProtoWriter.FieldSize(key.Length) + ProtoWriter.FieldSize(ProtoWriter.FieldSize(ProtoWriter.FieldSize(values)));

    private static void WriteEntry(ref ProtoWriter writer, ReadOnlySpan<byte> key, int list, ReadOnlySpan<byte> values)
    {
        int listSize = ProtoWriter.FieldSize(values.Length);
        writer.Field(ExampleFields.Feature, EntrySize(key, values.Length));
        writer.Field(ExampleFields.Key, key.Length);
        writer.Bytes(key);
        writer.Field(ExampleFields.Value, ProtoWriter.FieldSize(listSize));
        writer.Field(list, listSize);
        writer.Field(ExampleFields.Values, values.Length);
        writer.Bytes(values);
    }
}
