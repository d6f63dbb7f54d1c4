using System.Buffers.Binary;

namespace Imaging.Decoding.Formats.LibTiff;

/// <summary>
/// Checks that a TIFF file's first directory is complete: LibTiff takes zeros for what is cut off, and would decode other pixels.
/// </summary>
internal readonly ref struct TiffDirectory
{
    private const string Format = "TIFF";
    private const int InlineSize = 4;
    private const int BigInlineSize = 8;

    private readonly EncodedImage _image;
    private readonly bool _isBigEndian;
    private readonly bool _isBig;

    private TiffDirectory(EncodedImage image)
    {
        _image = image;
        _isBigEndian = image.Bytes[0] == 'M';
        _isBig = image.Bytes[_isBigEndian ? 3 : 2] == 43;
    }

    /// <summary>The bytes of a value of each field type.</summary>
    private static ReadOnlySpan<byte> TypeSizes => [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

    /// <summary>Checks that the directory and the values it refers to lie in the file.</summary>
    /// <exception cref="InvalidDataException">The directory or what it refers to is cut off.</exception>
    internal static void CheckPresence(EncodedImage image)
    {
        TiffDirectory file = new(image);
        long start = file._isBig ? file.Integer(8, 8) : file.Integer(4, 4);
        int countSize = file._isBig ? 8 : 2, entrySize = file._isBig ? 20 : 12, linkSize = file._isBig ? 8 : 4;
        long entries = file.Integer(start, countSize), first = start + countSize;
        file.Require(first, Math.Min(entries, image.Data.Length) * entrySize);
        file.Require(first + (entries * entrySize), linkSize);
        for (long i = 0; i < entries; i++)
        {
            file.CheckValues(first + (i * entrySize));
        }
    }

    private void CheckValues(long entry)
    {
        long type = Integer(entry + 2, 2), count = Integer(entry + 4, _isBig ? 8 : 4);
        long size = type < TypeSizes.Length ? Math.Min(count, _image.Data.Length) * TypeSizes[(int)type] : 0;
        if (size > (_isBig ? BigInlineSize : InlineSize))
        {
            Require(_isBig ? Integer(entry + 12, 8) : Integer(entry + 8, 4), size);
        }
    }

    private void Require(long offset, long size)
    {
        if (offset < 0 || offset > _image.Data.Length - size)
        {
            throw _image.CutOff(Format);
        }
    }

    private long Integer(long offset, int size)
    {
        Require(offset, size);
        ReadOnlySpan<byte> bytes = _image.Bytes[(int)offset..];
        return size switch
        {
            2 => _isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            4 => _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => _isBigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes),
        };
    }
}
