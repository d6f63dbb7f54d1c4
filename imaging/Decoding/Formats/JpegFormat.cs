using System.Buffers.Binary;
using Imaging.Colors;

namespace Imaging.Decoding.Formats;

/// <summary>JPEG, baseline and progressive.</summary>
internal sealed class JpegFormat : IImageFormat
{
    private const string Format = "JPEG";
    private const byte ProgressiveFrame = 0xc2;
    private const byte ProgressiveArithmeticFrame = 0xca;
    private const byte StartOfScan = 0xda;

    private static ReadOnlySpan<byte> EndOfImage => [0xff, 0xd9];

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]);

    /// <inheritdoc/>
    public PictureHeader ReadHeader(EncodedImage image)
    {
        ReadOnlySpan<byte> frame = FrameHeader(image);
        int precision = frame[4], components = frame[9];
        ColorMode mode = (precision, components) switch
        {
            (8, 1) => ColorMode.Gray,
            (8, 3) => ColorMode.Rgb,
            (8, 4) => ColorMode.Cmyk,
            _ => throw image.Unsupported(Format, $"{components} components of {precision} bits"),
        };
        RequireScan(image);
        return SkiaPixels.ReadHeader(image, Format, _ => mode);
    }

    /// <inheritdoc/>
    public Picture Decode(EncodedImage image, PictureHeader header, int channels) =>
        HasSeveralScans(image) && FrameHeader(image).LastIndexOf(EndOfImage) < 0
            ? throw image.CutOff(Format)
            : SkiaPixels.Decode(image, Format, channels);

    /// <summary>The file from the marker of its frame header (SOF) on.</summary>
    private static ReadOnlySpan<byte> FrameHeader(EncodedImage image)
    {
        ReadOnlySpan<byte> frame = image.Bytes[Find(image, marker => marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))..];
        return frame.Length < 10 ? throw image.CutOff(Format) : frame;
    }

    /// <summary>Skia calls a file that ends before its first scan damaged.</summary>
    private static void RequireScan(EncodedImage image) => Find(image, marker => marker == StartOfScan);

    /// <summary>Whether all pixels are there only at the end of the file. Skia decodes such a file as far as it goes.</summary>
    private static bool HasSeveralScans(EncodedImage image)
    {
        ReadOnlySpan<byte> frame = FrameHeader(image), scan = image.Bytes[Find(image, marker => marker == StartOfScan)..];
        return frame[1] is ProgressiveFrame or ProgressiveArithmeticFrame || scan.Length < 5 || scan[4] < frame[9];
    }

    /// <summary>The offset of the first marker of a kind; a scan ends the search.</summary>
    private static int Find(EncodedImage image, Predicate<byte> isWanted)
    {
        ReadOnlySpan<byte> bytes = image.Bytes;
        int position = 2;
        while (position + 4 <= bytes.Length)
        {
            byte marker = bytes[position] == 0xff
                ? bytes[position + 1]
                : throw image.Damaged(Format, $"there is no marker at byte {position}");
            if (isWanted(marker))
            {
                return position;
            }

            if (marker == StartOfScan)
            {
                throw image.Damaged(Format, "it has no frame header");
            }

            bool isPadding = marker == 0xff;
            position += isPadding ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(position + 2)..]);
        }

        throw image.CutOff(Format);
    }
}
