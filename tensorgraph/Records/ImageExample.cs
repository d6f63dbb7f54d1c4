namespace TensorGraph.Records;

/// <summary>An image read from a <c>tf.train.Example</c> (<c>TFRecordDataset.parse_tfrecord_np</c>), without a copy.</summary>
public readonly ref struct ImageExample
{
    internal ImageExample(ReadOnlySpan<byte> data, ImageShape shape, bool isEncoded = false)
    {
        Data = data;
        Shape = shape;
        IsEncoded = isEncoded;
    }

    /// <summary>The pixels, uint8, channels first, or the picture file; a part of the record.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>The image's shape, which holds exactly the pixels. Beside a picture file: as stated there, or all zero.</summary>
    public ImageShape Shape { get; }

    /// <summary>
    /// Whether the record is a "raw" one, whose data are a picture file (feature <c>img</c>) that is still to be decoded.
    /// </summary>
    public bool IsEncoded { get; }

    /// <summary>
    /// Reads a record, in any encoding that protobuf allows: fields in any order, integers packed or not, unknown fields passed over.
    /// </summary>
    /// <param name="record">The record's data.</param>
    /// <param name="location">Where the record's data begin, for errors.</param>
    /// <exception cref="RecordException">It is not an example with one byte string <c>data</c> and three integers <c>shape</c>, or the two
    /// disagree.</exception>
    public static ImageExample Parse(ReadOnlySpan<byte> record, RecordLocation location)
    {
        ImageExample image = ParseAny(record, location);
        return !image.IsEncoded
            ? image
            : throw new RecordException(
                location, "the record holds a picture file (img), not pixels; make a dataset of pixels with dataset_tool "
                    + "create_from_tfrecords");
    }

    /// <summary>Reads a record that holds pixels or, as "raw" records do, a picture file.</summary>
    /// <inheritdoc cref="Parse"/>
    public static ImageExample ParseAny(ReadOnlySpan<byte> record, RecordLocation location)
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
