using Imaging;
using Imaging.Colors;
using Imaging.Decoding;
using TensorGraph.Records;

namespace DatasetTool.Sources;

/// <summary>The pictures in records: pixels or, in "raw" records, picture files.</summary>
internal static class RecordPicture
{
    /// <summary>The picture in a record.</summary>
    /// <exception cref="InvalidDataException">It is not a picture that can be read.</exception>
    /// <exception cref="RecordException">It is not an image, or has another shape than the record says.</exception>
    internal static Picture Read(ReadOnlySpan<byte> record, RecordLocation location)
    {
        ImageExample image = ImageExample.ParseAny(record, location);
        return image.IsEncoded ? Decode(image, location) : FromPixels(image, location);
    }

    /// <summary>Decodes a picture, to RGB where the record says that it has three channels.</summary>
    /// <exception cref="InvalidDataException">It is not a picture that can be read.</exception>
    /// <exception cref="RecordException">It has another shape than the record says.</exception>
    internal static Picture Decode(ImageExample image, RecordLocation location)
    {
        ImageShape stated = image.Shape;
        ColorConversion conversion = stated.Channels == 3 || stated.Width == 3 ? ColorConversion.Rgb : ColorConversion.None;
        Picture picture = ImageDecoder.Decode(image.Data.ToArray(), location.ToString(), new DecodingOptions { Conversion = conversion });
        ImageShape shape = new(picture.Channels, picture.Height, picture.Width);
        if (stated == default || stated == shape || stated == new ImageShape(shape.Height, shape.Width, shape.Channels))
        {
            return picture;
        }

        picture.Dispose();
        throw new RecordException(location, $"the record's picture has the shape {shape}, where the record says {stated}");
    }

    private static Picture FromPixels(ImageExample image, RecordLocation location) =>
        image.Shape.Channels is 1 or 3 or 4
            ? Picture.FromPixels(image.Data, image.Shape.Channels, image.Shape.Height, image.Shape.Width)
            : throw new RecordException(location, $"an image of {image.Shape.Channels} channels is neither gray, RGB nor RGBA");
}
