using System.Runtime.InteropServices;
using Imaging.Colors;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.PixelFormats;

namespace Imaging.Decoding.Formats;

/// <summary>BMP but 16 bits a pixel, decoded by ImageSharp.</summary>
internal sealed class BmpFormat : IImageFormat
{
    private const string Format = "BMP";

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> file) => file.StartsWith("BM"u8);

    /// <inheritdoc/>
    public PictureHeader ReadHeader(EncodedImage image) => BmpHeader.Read(image).Picture;

    /// <inheritdoc/>
    public Picture Decode(EncodedImage image, PictureHeader header, int channels)
    {
        CheckPresence(image, BmpHeader.Read(image));
        PixelLayout layout = channels == 4 && header.Mode != ColorMode.Rgba ? PixelLayout.RgbAndUnused : PixelLayout.Rgba;
        using Image<Rgba32> decoded = Load(image);
        Picture picture = new(channels, header.Height, header.Width);
        decoded.ProcessPixelRows(rows =>
        {
            for (int y = 0; y < rows.Height; y++)
            {
                picture.SetRow(y, MemoryMarshal.AsBytes(rows.GetRowSpan(y)), layout);
            }
        });
        return picture;
    }

    /// <summary>ImageSharp takes pixels that are missing for black.</summary>
    private static void CheckPresence(EncodedImage image, BmpHeader header)
    {
        if (!header.IsRunLength && header.PixelOffset + header.PixelSize > image.Data.Length)
        {
            throw image.CutOff(Format);
        }
    }

    /// <summary>The library answers some damage with whatever exception its arithmetic ends in.</summary>
    private static Image<Rgba32> Load(EncodedImage image)
    {
        try
        {
            return Image.Load<Rgba32>(Configuration.Default, image.Bytes, new BmpDecoder());
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw image.Damaged(Format, "its pixels cannot be decoded", error);
        }
    }
}
