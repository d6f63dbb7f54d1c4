using CommunityToolkit.HighPerformance.Buffers;

namespace Imaging.Decoding;

/// <summary>
/// Decodes picture files to the bytes that PIL decodes them to (<c>np.asarray(PIL.Image.open(path))</c>): PNG, JPEG, WebP, BMP, TIFF and PNM, known by their content,
/// not by their names. Colour profiles and gamma are ignored and JPEG's EXIF orientation is not applied, as PIL does.
/// </summary>
public static class ImageDecoder
{
    private static readonly IImageFormat[] s_formats =
        [new PngFormat(), new JpegFormat(), new WebPFormat(), new BmpFormat(), new TiffFormat(), new PnmFormat()];

    /// <summary>Reads and decodes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="conversion">What is done with a picture that is not 8-bit gray or RGB.</param>
    /// <exception cref="InvalidDataException">It is not a picture, is cut off or damaged, or is neither 8-bit gray nor RGB; one line that says what to do.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Picture Decode(string path, ColorConversion conversion = ColorConversion.None)
    {
        using MemoryOwner<byte> data = ReadFile(path);
        return Decode(data.Memory, path, conversion);
    }

    /// <summary>Decodes a file's content.</summary>
    /// <param name="data">All bytes of the file.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="conversion">What is done with a picture that is not 8-bit gray or RGB.</param>
    /// <exception cref="InvalidDataException">It is not a picture, is cut off or damaged, or is neither 8-bit gray nor RGB; one line that says what to do.</exception>
    public static Picture Decode(ReadOnlyMemory<byte> data, string name, ColorConversion conversion = ColorConversion.None)
    {
        EncodedImage image = new(name, data);
        IImageFormat format = Array.Find(s_formats, f => f.Matches(image.Bytes)) ?? throw NotAPicture(image);
        ColorMode mode = format.ReadMode(image);
        int channels = conversion == ColorConversion.Rgb ? 3 : mode.Channels;
        return channels == 0 ? throw image.Refused(mode) : format.Decode(image, mode, channels);
    }

    private static MemoryOwner<byte> ReadFile(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            int length = file.Length <= Array.MaxLength ? (int)file.Length : throw new IOException($"it has {file.Length} bytes, more than {Array.MaxLength}");
            MemoryOwner<byte> data = MemoryOwner<byte>.Allocate(length);
            file.ReadExactly(data.Span);
            return data;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: cannot be read ({error.Message}); change its permissions or remove it", error);
        }
    }

    private static InvalidDataException NotAPicture(EncodedImage image) =>
        new($"{image.Name}: not a picture ({(image.Data.IsEmpty ? "it is empty" : "neither PNG, JPEG, WebP, BMP, TIFF nor PNM")}); remove it");
}
