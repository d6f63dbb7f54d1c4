using CommunityToolkit.HighPerformance.Buffers;
using Imaging.Colors;
using Imaging.Decoding.Formats;
using Imaging.Decoding.Formats.LibTiff;
using Imaging.Resizing;

namespace Imaging.Decoding;

/// <summary>
/// Decodes picture files to the bytes that PIL decodes them to (<c>np.asarray(PIL.Image.open(path))</c>): PNG, JPEG, WebP, BMP, TIFF and
/// PNM, known by their content, not by their names. Colour profiles and gamma are ignored, and JPEG's EXIF orientation is not applied, as
/// in PIL.
/// </summary>
public static class ImageDecoder
{
    private static readonly IImageFormat[] s_formats =
        [new PngFormat(), new JpegFormat(), new WebPFormat(), new BmpFormat(), new TiffFormat(), new PnmFormat()];

    /// <summary>Reads and decodes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is decoded; the defaults if left out.</param>
    /// <exception cref="InvalidDataException">It is not a picture, is cut off, damaged, too large, or neither 8-bit gray nor
    /// RGB.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Picture Decode(string path, DecodingOptions? options = null)
    {
        using MemoryOwner<byte> data = ReadFile(path);
        return Decode(data.Memory, path, options);
    }

    /// <summary>Decodes a file's content.</summary>
    /// <param name="data">All bytes of the file.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="options">How it is decoded; the defaults if left out.</param>
    /// <exception cref="InvalidDataException">It is not a picture, is cut off, damaged, too large, or neither 8-bit gray nor
    /// RGB.</exception>
    /// <exception cref="InsufficientMemoryException">There is too little memory for its pixels.</exception>
    public static Picture Decode(ReadOnlyMemory<byte> data, string name, DecodingOptions? options = null)
    {
        options ??= new DecodingOptions();
        EncodedImage image = new(name, data, options);
        (IImageFormat format, PictureHeader header) = Open(image);
        Picture picture = Decoded(image, format, header);
        if (!options.ExifOrientation && header.ExifOrientation != 1)
        {
            options.Notes?.AsStored(name);
        }

        return options.ExifOrientation ? Orientations.Upright(picture, header.ExifOrientation) : picture;
    }

    /// <summary>Reads a file's header and checks that the picture can be decoded, without decoding it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it would be decoded; the defaults if left out.</param>
    /// <returns>The colours in the file; size and channels of the decoded picture.</returns>
    /// <exception cref="InvalidDataException">What <see cref="Decode(string, DecodingOptions?)"/> would say of the header.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PictureHeader ReadHeader(string path, DecodingOptions? options = null)
    {
        options ??= new DecodingOptions();
        using MemoryOwner<byte> data = ReadFile(path);
        PictureHeader header = Open(new EncodedImage(path, data.Memory, options)).Header;
        bool isTurned = options.ExifOrientation && Orientations.IsTransposed(header.ExifOrientation);
        return isTurned ? header with { Width = header.Height, Height = header.Width } : header;
    }

    private static Picture Decoded(EncodedImage image, IImageFormat format, PictureHeader header)
    {
        try
        {
            return format.Decode(image, header, header.Channels);
        }
        catch (OutOfMemoryException error)
        {
            throw new InsufficientMemoryException(
                $"{image.Name}: {header.Width} x {header.Height} pixels; make it smaller, or work on fewer pictures at once", error);
        }
    }

    private static (IImageFormat Format, PictureHeader Header) Open(EncodedImage image)
    {
        IImageFormat format = Array.Find(s_formats, f => f.Matches(image.Bytes)) ?? throw NotAPicture(image);
        PictureHeader header = format.ReadHeader(image);
        image.CheckSize(header.Width, header.Height);
        int channels = Channels(header.Mode, image.Options);
        return channels == 0 ? throw image.Refused(header.Mode) : (format, header with { Channels = channels });
    }

    /// <summary>The channels of the decoded picture; 0 where it is refused.</summary>
    private static int Channels(ColorMode mode, DecodingOptions options) => options switch
    {
        { Conversion: ColorConversion.Rgb } => 3,
        { Conversion: ColorConversion.Rgba } => 4,
        { KeepAlpha: true } when mode == ColorMode.Rgba => 4,
        { Depth: DepthConversion.Scale } when mode == ColorMode.Gray16 => 1,
        _ => mode.Channels,
    };

    private static MemoryOwner<byte> ReadFile(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (file.Length > Array.MaxLength)
            {
                throw new IOException($"it has {file.Length} bytes, more than {Array.MaxLength}");
            }

            MemoryOwner<byte> data = MemoryOwner<byte>.Allocate((int)file.Length);
            file.ReadExactly(data.Span);
            return data;
        }
        catch (OutOfMemoryException error)
        {
            throw new InsufficientMemoryException($"{path}: its file; make it smaller, or work on fewer pictures at once", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: cannot be read ({error.Message}); change its permissions or remove it", error);
        }
    }

    private static InvalidDataException NotAPicture(EncodedImage image)
    {
        if (UnreadPictures.NameOf(image.Bytes) is { } name)
        {
            string png = Path.ChangeExtension(image.Name, ".png");
            return new($"{image.Name}: {name}, which is not read; save it as PNG (with ImageMagick: magick \"{image.Name}[0]\" \"{png}\")");
        }

        string reason = image.Data.IsEmpty ? "it is empty" : "neither PNG, JPEG, WebP, BMP, TIFF nor PNM";
        return new($"{image.Name}: not a picture ({reason}); remove it");
    }
}
