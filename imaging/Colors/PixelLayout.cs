namespace Imaging.Colors;

/// <summary>Where the channels of a pixel are among its bytes.</summary>
/// <param name="Size">Bytes of a pixel.</param>
/// <param name="Red">Offset of red, or of gray.</param>
/// <param name="Green">Offset of green.</param>
/// <param name="Blue">Offset of blue.</param>
/// <param name="Alpha">Offset of alpha; null where there is none.</param>
internal readonly record struct PixelLayout(int Size, int Red, int Green, int Blue, int? Alpha = null)
{
    internal static PixelLayout Gray { get; } = new(1, 0, 0, 0);

    internal static PixelLayout Rgb { get; } = new(3, 0, 1, 2);

    internal static PixelLayout Rgba { get; } = new(4, 0, 1, 2, 3);

    /// <summary>RGB pixels of four bytes.</summary>
    internal static PixelLayout RgbAndUnused { get; } = new(4, 0, 1, 2);

    /// <summary>Copies the bytes at one offset of each pixel.</summary>
    internal void Extract(ReadOnlySpan<byte> pixels, int offset, Span<byte> channel)
    {
        if (Size == 1)
        {
            pixels[..channel.Length].CopyTo(channel);
            return;
        }

        int from = offset;
        for (int x = 0; x < channel.Length; x++, from += Size)
        {
            channel[x] = pixels[from];
        }
    }
}
