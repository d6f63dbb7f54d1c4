using System.Buffers;
using Imaging.Colors;
using SkiaSharp;

namespace Imaging.Decoding.Formats;

/// <summary>Decoding by Skia, whose libpng, libjpeg-turbo and libwebp give PIL's bytes as long as no colour space is asked for.</summary>
internal static unsafe class SkiaPixels
{
    /// <summary>Sets a row of a picture from decoded pixels.</summary>
    internal delegate void RowSetter(Picture picture, int y, ReadOnlySpan<byte> pixels);

    /// <summary>Decodes to 8 bits a channel; of 16 bits the upper ones count.</summary>
    /// <param name="image">The file.</param>
    /// <param name="format">Its format, for errors.</param>
    /// <param name="channels">The channels of the picture.</param>
    /// <param name="setRow">Sets a row of it from RGBA pixels, which are not multiplied by alpha; as they are if left out.</param>
    internal static Picture Decode(EncodedImage image, string format, int channels, RowSetter? setRow = null) =>
        WithCodec(image, format, codec =>
        {
            bool isGray = setRow is null && codec.Info.ColorType == SKColorType.Gray8;
            PixelLayout layout = isGray ? PixelLayout.Gray : PixelLayout.Rgba;
            RowSetter set = setRow ?? ((picture, y, row) => picture.SetRow(y, row, layout));
            Picture picture = new(channels, codec.Info.Height, codec.Info.Width);
            Read(image, format, codec, isGray ? SKColorType.Gray8 : SKColorType.Rgba8888, (y, row) => set(picture, y, row));
            return picture;
        });

    /// <summary>What the file says of its pixels, whose colours are known.</summary>
    internal static PictureHeader ReadHeader(EncodedImage image, string format, Func<SKCodec, ColorMode> mode) => WithCodec(
        image, format, codec => new PictureHeader(codec.Info.Width, codec.Info.Height, mode(codec), (int)codec.EncodedOrigin));

    /// <summary>Opens a file for use.</summary>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    private static T WithCodec<T>(EncodedImage image, string format, Func<SKCodec, T> use)
    {
        using MemoryHandle pinned = image.Data.Pin();
        using SKData data = SKData.Create((nint)pinned.Pointer, image.Data.Length);
        using SKCodec codec = SKCodec.Create(data) ?? throw image.Damaged(format, "its header makes no sense");
        image.CheckSize(codec.Info.Width, codec.Info.Height);
        return use(codec);
    }

    private static void Read(EncodedImage image, string format, SKCodec codec, SKColorType type, Action<int, ReadOnlySpan<byte>> take)
    {
        SKAlphaType alpha = codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul;
        SKImageInfo target = new(codec.Info.Width, codec.Info.Height, type, alpha, colorspace: null);
        byte[] pixels = ArrayPool<byte>.Shared.Rent(target.BytesSize);
        try
        {
            fixed (byte* address = pixels)
            {
                Check(image, format, codec.GetPixels(target, (nint)address));
            }

            for (int y = 0; y < target.Height; y++)
            {
                take(y, pixels.AsSpan(y * target.RowBytes, target.RowBytes));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }

    private static void Check(EncodedImage image, string format, SKCodecResult result)
    {
        if (result == SKCodecResult.IncompleteInput)
        {
            throw image.CutOff(format);
        }

        if (result != SKCodecResult.Success)
        {
            throw image.Damaged(format, "its pixels cannot be decoded");
        }
    }
}
