using System.Buffers.Binary;

namespace Imaging.Decoding;

/// <summary>BMP. Read here, because libraries spread 16-bit pixels over 8 bits otherwise than PIL.</summary>
internal sealed class BmpFormat : IImageFormat
{
    private const string Format = "BMP";

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> file) => file.StartsWith("BM"u8);

    /// <inheritdoc/>
    public ColorMode ReadMode(EncodedImage image) => BmpHeader.Read(image).Mode;

    /// <inheritdoc/>
    public Picture Decode(EncodedImage image, ColorMode mode, int channels)
    {
        BmpHeader header = BmpHeader.Read(image);
        image.CheckSize(Format, header.Width, header.Height);
        return header.Compression is BmpHeader.RunLength8 or BmpHeader.RunLength4
            ? DecodeIndices(header, BmpRunLength.Expand(image, header), header.Width, channels)
            : header.Bits <= 8
                ? DecodeIndices(header, UnpackIndices(image, header), header.Width, channels)
                : DecodeColors(image, header);
    }

    private static Picture DecodeIndices(BmpHeader header, byte[] indices, int stride, int channels)
    {
        Picture picture = new(channels, header.Height, header.Width);
        byte[] colors = new byte[3 * header.Width];
        for (int y = 0; y < header.Height; y++)
        {
            ReadOnlySpan<byte> row = indices.AsSpan(y * stride, header.Width);
            for (int x = 0; x < row.Length; x++)
            {
                header.Palette.AsSpan(3 * row[x], 3).CopyTo(colors.AsSpan(3 * x));
            }

            picture.SetRow(header.Line(y), colors, PixelLayout.Rgb);
        }

        return picture;
    }

    /// <summary>One byte for each pixel, in the order of the file.</summary>
    private static byte[] UnpackIndices(EncodedImage image, BmpHeader header)
    {
        byte[] indices = new byte[header.Width * header.Height];
        int mask = (1 << header.Bits) - 1, perByte = 8 / header.Bits;
        for (int y = 0; y < header.Height; y++)
        {
            ReadOnlySpan<byte> row = Row(image, header, y);
            for (int x = 0; x < header.Width; x++)
            {
                int shift = 8 - (header.Bits * ((x % perByte) + 1));
                indices[(y * header.Width) + x] = (byte)((row[x / perByte] >> shift) & mask);
            }
        }

        return indices;
    }

    private static Picture DecodeColors(EncodedImage image, BmpHeader header)
    {
        Picture picture = new(3, header.Height, header.Width);
        byte[] colors = new byte[3 * header.Width];
        for (int y = 0; y < header.Height; y++)
        {
            ReadOnlySpan<byte> row = Row(image, header, y);
            if (header.Bits == 16)
            {
                SpreadColors(row, header, colors);
                picture.SetRow(header.Line(y), colors, PixelLayout.Rgb);
            }
            else
            {
                picture.SetRow(header.Line(y), row, header.Layout);
            }
        }

        return picture;
    }

    private static void SpreadColors(ReadOnlySpan<byte> row, BmpHeader header, Span<byte> colors)
    {
        int greenBits = header.HasSixGreenBits ? 6 : 5, greenMask = (1 << greenBits) - 1;
        for (int x = 0; x < colors.Length / 3; x++)
        {
            int pixel = BinaryPrimitives.ReadUInt16LittleEndian(row[(2 * x)..]);
            colors[3 * x] = (byte)(((pixel >> (5 + greenBits)) & 31) * 255 / 31);
            colors[(3 * x) + 1] = (byte)(((pixel >> 5) & greenMask) * 255 / greenMask);
            colors[(3 * x) + 2] = (byte)((pixel & 31) * 255 / 31);
        }
    }

    private static ReadOnlySpan<byte> Row(EncodedImage image, BmpHeader header, int y)
    {
        long stride = (((long)header.Width * header.Bits) + 31) / 32 * 4, length = (((long)header.Width * header.Bits) + 7) / 8;
        long start = header.PixelOffset + (y * stride);
        return start + length > image.Data.Length ? throw image.CutOff(Format) : image.Bytes.Slice((int)start, (int)length);
    }
}
