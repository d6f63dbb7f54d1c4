using System.Buffers.Binary;
using Imaging.Colors;
using SkiaSharp;

namespace Imaging.Decoding.Formats;

/// <summary>WebP, lossy and lossless; of an animation, the first picture.</summary>
internal sealed class WebPFormat : IImageFormat
{
    private const string Format = "WebP";
    private const int ContainerHeaderSize = 8;

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> file) => file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8);

    /// <inheritdoc/>
    public PictureHeader ReadHeader(EncodedImage image) =>
        SkiaPixels.ReadHeader(image, Format, codec => codec.Info.AlphaType == SKAlphaType.Opaque ? ColorMode.Rgb : ColorMode.Rgba);

    /// <inheritdoc/>
    public Picture Decode(EncodedImage image, PictureHeader header, int channels)
    {
        long size = ContainerHeaderSize + (long)BinaryPrimitives.ReadUInt32LittleEndian(image.Bytes[4..]);
        return size > image.Data.Length ? throw image.CutOff(Format) : SkiaPixels.Decode(image, Format, channels);
    }
}
