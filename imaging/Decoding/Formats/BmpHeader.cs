using System.Buffers.Binary;
using Imaging.Colors;

namespace Imaging.Decoding.Formats;

/// <summary>What a BMP file says of its pixels.</summary>
/// <param name="Picture">Size and colours.</param>
/// <param name="Bits">Bits a pixel.</param>
/// <param name="IsRunLength">Whether the pixels are compressed.</param>
/// <param name="PixelOffset">Where the pixels begin in the file.</param>
internal sealed record BmpHeader(PictureHeader Picture, int Bits, bool IsRunLength, long PixelOffset)
{
    private const string Format = "BMP";
    private const int FileHeaderSize = 14;
    private const int CoreSize = 12;
    private const int AlphaMaskOffset = 52;
    private const int LargestPalette = 65536;

    /// <summary>Bytes of the pixels, without the padding of the last row.</summary>
    internal long PixelSize
    {
        get
        {
            long bits = (long)Picture.Width * Bits;
            return ((Picture.Height - 1) * ((bits + 31) / 32 * 4)) + ((bits + 7) / 8);
        }
    }

    /// <summary>Reads the header.</summary>
    /// <exception cref="InvalidDataException">The header is cut off or damaged, or the pixels are of a kind that is not read.</exception>
    internal static BmpHeader Read(EncodedImage image)
    {
        ReadOnlySpan<byte> file = image.Bytes.Length < FileHeaderSize + 4 ? throw image.CutOff(Format) : image.Bytes;
        int size = Int32(file, FileHeaderSize);
        if (size is not (CoreSize or 40 or 52 or 56 or 64 or 108 or 124))
        {
            throw image.Damaged(Format, $"there is no header of {size} bytes");
        }

        ReadOnlySpan<byte> header = file.Length < FileHeaderSize + size ? throw image.CutOff(Format) : file.Slice(FileHeaderSize, size);
        bool isCore = size == CoreSize;
        int width = isCore ? UInt16(header, 4) : Int32(header, 4), height = isCore ? UInt16(header, 6) : Int32(header, 8);
        int bits = UInt16(header, isCore ? 10 : 14), compression = isCore ? 0 : Int32(header, 16);
        uint stated = isCore ? 0 : (uint)Int32(header, 32), colors = bits > 8 ? 0 : stated == 0 ? 1u << bits : stated;
        int end = FileHeaderSize + size, entrySize = isCore ? 3 : 4;
        ColorMode mode = (bits, compression) switch
        {
            (1 or 4 or 8, 0) or (8, 1) or (4, 2) => PaletteMode(image, end, entrySize, colors),
            (24, 0) or (32, 0) => ColorMode.Rgb,
            (32, 3) => size > AlphaMaskOffset && Int32(header, AlphaMaskOffset) != 0 ? ColorMode.Rgba : ColorMode.Rgb,
            _ => throw image.Unsupported(Format, $"{bits} bits a pixel and compression {compression}"),
        };
        long offset = (uint)Int32(file, 10);
        PictureHeader picture = new(width, height == int.MinValue ? 0 : Math.Abs(height), mode);
        return new BmpHeader(picture, bits, compression is 1 or 2, offset > end ? offset : end + (colors * entrySize));
    }

    /// <summary>A palette of black and white, or of all grays in order, counts as none.</summary>
    private static ColorMode PaletteMode(EncodedImage image, int start, int entrySize, uint colors)
    {
        if (colors > LargestPalette)
        {
            throw image.Damaged(Format, $"it says that it has {colors} colours");
        }

        ReadOnlySpan<byte> palette = image.Data.Length < start + (colors * entrySize) ? throw image.CutOff(Format) : image.Bytes[start..];
        ColorMode gray = colors == 2 ? ColorMode.Bilevel : ColorMode.Gray;
        for (int i = 0; i < Math.Min(colors, 256); i++)
        {
            byte level = (byte)(gray == ColorMode.Bilevel ? 255 * i : i);
            if (palette.Slice(i * entrySize, 3).ContainsAnyExcept(level))
            {
                return ColorMode.Palette;
            }
        }

        return colors > 256 ? ColorMode.Palette : gray;
    }

    private static int UInt16(ReadOnlySpan<byte> header, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(header[offset..]);

    private static int Int32(ReadOnlySpan<byte> header, int offset) => BinaryPrimitives.ReadInt32LittleEndian(header[offset..]);
}
