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

    /// <summary>
    /// Reads a record, in any encoding that protobuf allows: fields in any order, integers packed or not, unknown fields passed over.
    /// </summary>
    /// <param name="record">The record's data.</param>
    /// <param name="location">Where the record's data begin, for errors.</param>
    /// <exception cref="RecordException">It is not an example with one byte string <c>data</c> and three integers <c>shape</c>, or the two
    /// disagree.</exception>
    public static ImageExample Parse(ReadOnlySpan<byte> record, RecordLocation location)
    {
        ExampleParser parser = new(location);
        parser.Read(record);
        return parser.Image();
    }

    /// <summary>Refuses an image of another shape than the file is known to hold.</summary>
    /// <param name="shape">The shape that it should have.</param>
    /// <param name="location">Where the record's data begin, for the error.</param>
    /// <exception cref="RecordException">It has another.</exception>
    public void RequireShape(ImageShape shape, RecordLocation location)
    {
        if (Shape != shape)
        {
            throw new RecordException(location, $"the record is an image of shape {Shape}, where the file's images are to have {shape}");
        }
    }
}
