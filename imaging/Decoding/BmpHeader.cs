using System.Buffers.Binary;

namespace Imaging.Decoding;

/// <summary>What a BMP file says of its pixels.</summary>
internal sealed class BmpHeader
{
    internal const uint RunLength8 = 1;
    internal const uint RunLength4 = 2;
    private const uint Plain = 0;
    private const uint BitFields = 3;
    private const string Format = "BMP";
    private const int FileHeaderSize = 14;
    private const int LargestPalette = 65536;

    private readonly bool _isTopDown;

    private BmpHeader(EncodedImage image)
    {
        ReadOnlySpan<byte> bytes = image.Bytes;
        int size = bytes.Length < FileHeaderSize + 4 ? throw image.CutOff(Format) : BinaryPrimitives.ReadInt32LittleEndian(bytes[FileHeaderSize..]);
        if (size is not (12 or 40 or 52 or 56 or 64 or 108 or 124))
        {
            throw image.Damaged(Format, $"there is no header of {size} bytes");
        }

        if (bytes.Length < FileHeaderSize + size)
        {
            throw image.CutOff(Format);
        }

        ReadOnlySpan<byte> header = bytes.Slice(FileHeaderSize, size);
        bool isCore = size == 12;
        _isTopDown = !isCore && header[11] == 0xff;
        Width = isCore ? BinaryPrimitives.ReadUInt16LittleEndian(header[4..]) : BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        int height = isCore ? BinaryPrimitives.ReadUInt16LittleEndian(header[6..]) : BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        Height = _isTopDown ? -height : height;
        Bits = BinaryPrimitives.ReadUInt16LittleEndian(header[(isCore ? 10 : 14)..]);
        Compression = isCore ? Plain : BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
        uint used = isCore ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(header[32..]);
        int end = FileHeaderSize + size;
        Mode = ColorMode.Rgb;
        if (Bits is 1 or 4 or 8)
        {
            end = ReadPalette(image, end, isCore ? 3 : 4, used == 0 ? 1u << Bits : used);
        }
        else if (Compression == BitFields)
        {
            end = ReadMasks(image, end, size);
        }

        CheckCompression(image);
        Layout = Layout == default ? new PixelLayout(Bits / 8, 2, 1, 0) : Layout;
        uint stated = BinaryPrimitives.ReadUInt32LittleEndian(bytes[10..]);
        PixelOffset = stated == 0 || (Bits <= 8 && stated == FileHeaderSize + size) ? end : stated;
    }

    internal int Width { get; }

    internal int Height { get; }

    internal int Bits { get; }

    internal uint Compression { get; }

    /// <summary>Where the pixels begin in the file.</summary>
    internal long PixelOffset { get; }

    internal ColorMode Mode { get; private set; }

    /// <summary>Where the channels of 24- and 32-bit pixels are.</summary>
    internal PixelLayout Layout { get; private set; }

    /// <summary>Whether 16-bit pixels have 5, 6 and 5 bits, not 5 each.</summary>
    internal bool HasSixGreenBits { get; private set; }

    /// <summary>256 colours of three bytes; those that the file leaves out are grays.</summary>
    internal byte[] Palette { get; } = new byte[768];

    internal static BmpHeader Read(EncodedImage image) => new(image);

    /// <summary>The picture's row for a row of the file.</summary>
    internal int Line(int y) => _isTopDown ? y : Height - 1 - y;

    /// <summary>A palette of black and white or of all grays in order counts as none.</summary>
    private int ReadPalette(EncodedImage image, int start, int entrySize, uint colors)
    {
        if (colors > LargestPalette)
        {
            throw image.Damaged(Format, $"it says that it has {colors} colours");
        }

        bool isBilevel = colors == 2, isGray = true;
        for (int i = 0; i < 256; i++)
        {
            Span<byte> color = Palette.AsSpan(3 * i, 3);
            color.Fill((byte)i);
            int at = start + (i * entrySize);
            if (i < colors && at + 3 <= image.Data.Length)
            {
                byte gray = (byte)(isBilevel ? 255 * i : i);
                (color[2], color[1], color[0]) = (image.Bytes[at], image.Bytes[at + 1], image.Bytes[at + 2]);
                isGray &= color[0] == gray && color[1] == gray && color[2] == gray;
            }
        }

        Mode = !isGray || colors > 256 ? ColorMode.Palette : isBilevel ? ColorMode.Bilevel : ColorMode.Gray;
        return start + ((int)colors * entrySize);
    }

    private int ReadMasks(EncodedImage image, int end, int size)
    {
        bool isBehindHeader = size < 52;
        int start = isBehindHeader ? end : FileHeaderSize + 40, last = isBehindHeader ? end + 12 : end;
        if (image.Data.Length < start + 12)
        {
            throw image.CutOff(Format);
        }

        ReadOnlySpan<byte> masks = image.Bytes[start..];
        uint red = BinaryPrimitives.ReadUInt32LittleEndian(masks), green = BinaryPrimitives.ReadUInt32LittleEndian(masks[4..]);
        uint blue = BinaryPrimitives.ReadUInt32LittleEndian(masks[8..]);
        uint alpha = size < 56 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(masks[12..]);
        (PixelLayout layout, bool hasAlpha)? known = (Bits, red, green, blue, alpha) switch
        {
            (16, 0xf800, 0x7e0, 0x1f, _) => (new(2, 0, 0, 0), false),
            (16, 0x7c00, 0x3e0, 0x1f, _) => (new(2, 0, 0, 0), false),
            (24, 0xff0000, 0xff00, 0xff, _) => (new(3, 2, 1, 0), false),
            (32, 0xff0000, 0xff00, 0xff, 0) => (new(4, 2, 1, 0), false),
            (32, 0xff000000, 0xff0000, 0xff00, 0) => (new(4, 3, 2, 1), false),
            (32, 0xff000000, 0xff00, 0xff, 0) => (new(4, 3, 1, 0), false),
            (32, 0xff000000, 0xff0000, 0xff00, 0xff) => (new(4, 3, 2, 1), true),
            (32, 0xff, 0xff00, 0xff0000, 0xff000000) => (new(4, 0, 1, 2), true),
            (32, 0xff0000, 0xff00, 0xff, 0xff000000) => (new(4, 2, 1, 0), true),
            (32, 0xff000000, 0xff00, 0xff, 0xff0000) => (new(4, 3, 1, 0), true),
            (32, 0, 0, 0, 0) => (new(4, 2, 1, 0), true),
            _ => null,
        };
        (Layout, bool isRgba) = known ?? throw image.Unsupported(Format, "channels in unusual places");
        HasSixGreenBits = green == 0x7e0;
        Mode = isRgba ? ColorMode.Rgba : ColorMode.Rgb;
        return last;
    }

    private void CheckCompression(EncodedImage image)
    {
        if (Bits is not (1 or 4 or 8 or 16 or 24 or 32))
        {
            throw image.Unsupported(Format, $"{Bits} bits a pixel");
        }

        bool isKnown = Bits <= 8 ? Compression is Plain or RunLength8 or RunLength4 : Compression is Plain or BitFields;
        if (!isKnown)
        {
            throw image.Unsupported(Format, $"compression {Compression} at {Bits} bits a pixel");
        }
    }
}
