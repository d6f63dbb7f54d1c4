using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;

namespace Imaging.Writing;

/// <summary>Writes PNG files: 8-bit gray or RGB, without metadata.</summary>
public static class PngWriter
{
    private static readonly PngEncoder s_encoder = new()
    {
        CompressionLevel = PngCompressionLevel.Level3, FilterMethod = PngFilterMethod.Adaptive, IgnoreMetadata = true,
    };

    /// <summary>Writes a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="stream">Where to; it stays open.</param>
    public static void Write(Picture picture, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using Image image = picture.ToImage();
        Write(image, stream);
    }

    /// <summary>Writes an image, gray where its pixels are.</summary>
    /// <param name="image">The image.</param>
    /// <param name="stream">Where to; it stays open.</param>
    public static void Write(Image image, Stream stream) => image.Save(stream, s_encoder);
}
