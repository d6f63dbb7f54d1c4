using System.Buffers;
using Google.Protobuf;

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

        (string Key, Feature Value)[] features =
        [
            (ExampleFields.Data, new Feature { BytesList = new BytesList { Value = { ByteString.CopyFrom(data) } } }),
            (ExampleFields.Shape, new Feature { Int64List = new Int64List { Value = { shape.Channels, shape.Height, shape.Width } } }),
        ];
        Example example = new() { Features = new Features() };
        foreach ((string key, Feature value) in order == ExampleKeyOrder.DataShape ? features : features.Reverse())
        {
            example.Features.Feature.Add(key, value);
        }

        example.WriteTo(destination);
    }
}
