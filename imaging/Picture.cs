using System.Buffers;
using Imaging.Colors;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Imaging;

/// <summary>
/// A decoded picture: uint8 [channels, height, width], one channel (gray), three (red, green, blue) or four (alpha last, not
/// multiplied). Its memory is pooled; disposing gives it back.
/// </summary>
public sealed class Picture : IDisposable
{
    private byte[] _pixels;

    /// <summary>Makes a picture whose pixels are yet to be set.</summary>
    /// <exception cref="ArgumentException">The picture is neither gray, RGB nor RGBA, or has no pixels.</exception>
    internal Picture(int channels, int height, int width)
    {
        if (channels is not (1 or 3 or 4) || height <= 0 || width <= 0)
        {
            throw new ArgumentException(
                $"a picture of shape [{channels}, {height}, {width}] is neither gray, RGB nor RGBA or has no pixels");
        }

        (Channels, Height, Width) = (channels, height, width);
        _pixels = ArrayPool<byte>.Shared.Rent(checked(channels * height * width));
    }

    /// <summary>1 (gray), 3 (RGB) or 4 (RGBA).</summary>
    public int Channels { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>The pixels in the order [channel, row, column].</summary>
    public ReadOnlySpan<byte> Pixels => Writable;

    /// <summary>All pixels, to be set.</summary>
    internal Span<byte> Writable
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pixels.Length == 0, this);
            return _pixels.AsSpan(0, Channels * Height * Width);
        }
    }

    /// <summary>Copies pixels given in the order [channel, row, column].</summary>
    /// <exception cref="ArgumentException">The number of pixels is not that of the shape, or the shape is neither gray, RGB nor
    /// RGBA.</exception>
    public static Picture FromPixels(ReadOnlySpan<byte> pixels, int channels, int height, int width)
    {
        if (pixels.Length != (long)channels * height * width)
        {
            throw new ArgumentException($"{pixels.Length} values do not fill shape [{channels}, {height}, {width}]", nameof(pixels));
        }

        Picture picture = new(channels, height, width);
        pixels.CopyTo(picture.Writable);
        return picture;
    }

    /// <summary>
    /// The picture for ImageSharp, to be disposed: an <c>Image&lt;L8&gt;</c>, an <c>Image&lt;Rgb24&gt;</c> or an
    /// <c>Image&lt;Rgba32&gt;</c>.
    /// </summary>
    public Image ToImage()
    {
        byte[] pixels = new byte[Pixels.Length];
        Interleaving.Join(Pixels, Channels, pixels);
        return Channels switch
        {
            1 => Image.LoadPixelData<L8>(pixels, Width, Height),
            3 => Image.LoadPixelData<Rgb24>(pixels, Width, Height),
            _ => Image.LoadPixelData<Rgba32>(pixels, Width, Height),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        byte[] pixels = Interlocked.Exchange(ref _pixels, []);
        if (pixels.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(pixels);
        }
    }

    /// <summary>What a number of channels is called.</summary>
    internal static string KindOf(int channels) => channels switch
    {
        1 => "gray",
        3 => "RGB",
        4 => "RGBA",
        _ => $"{channels} channels",
    };

    /// <summary>One row of one channel.</summary>
    internal Span<byte> Row(int channel, int y) => Writable.Slice(((channel * Height) + y) * Width, Width);

    /// <summary>Sets a row from pixels whose channels lie side by side.</summary>
    /// <param name="y">The row.</param>
    /// <param name="pixels">The row's pixels.</param>
    /// <param name="layout">Where in a pixel the channels are; a gray picture takes the first, and alpha is full where there is
    /// none.</param>
    internal void SetRow(int y, ReadOnlySpan<byte> pixels, PixelLayout layout)
    {
        if (Channels == 1)
        {
            layout.Extract(pixels, layout.Red, Row(0, y));
            return;
        }

        if (layout == PixelLayout.Rgba)
        {
            Interleaving.SplitRgba(pixels, Row(0, y), Row(1, y), Row(2, y));
        }
        else
        {
            layout.Extract(pixels, layout.Red, Row(0, y));
            layout.Extract(pixels, layout.Green, Row(1, y));
            layout.Extract(pixels, layout.Blue, Row(2, y));
        }

        if (Channels == 4 && layout.Alpha is { } alpha)
        {
            layout.Extract(pixels, alpha, Row(3, y));
        }
        else if (Channels == 4)
        {
            Row(3, y).Fill(byte.MaxValue);
        }
    }
}
