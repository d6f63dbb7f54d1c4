namespace TensorGraph.Records;

/// <summary>An image read from a <c>tf.train.Example</c> (<c>TFRecordDataset.parse_tfrecord_np</c>), without a copy.</summary>
public readonly ref struct ImageExample
{
    internal ImageExample(ReadOnlySpan<byte> data, ImageShape shape)
    {
        Data = data;
        Shape = shape;
    }

    /// <summary>The pixels, uint8, channels first; a part of the record.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>The image's shape, which holds exactly the pixels.</summary>
    public ImageShape Shape { get; }

    /// <summary>Reads a record, in any encoding that protobuf allows: fields in any order, integers packed or not, unknown fields passed over.</summary>
    /// <param name="record">The record's data.</param>
    /// <param name="location">Where the record's data begin, for errors.</param>
    /// <exception cref="RecordException">It is not an example with one byte string <c>data</c> and three integers <c>shape</c>, or the two disagree.</exception>
    public static ImageExample Parse(ReadOnlySpan<byte> record, RecordLocation location)
    {
        ExampleParser parser = new(location);
        parser.Read(record);
        return parser.Image();
    }
}
