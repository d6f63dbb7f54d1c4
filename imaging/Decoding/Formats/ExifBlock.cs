using System.Buffers.Binary;

namespace Imaging.Decoding.Formats;

/// <summary>Reads the orientation from a block of EXIF, which is laid out as a TIFF file.</summary>
internal static class ExifBlock
{
    private const int OrientationTag = 0x112;
    private const int EntrySize = 12;

    /// <summary>The orientation, 1 to 8; 1 where the block does not say or is damaged.</summary>
    internal static int Orientation(ReadOnlySpan<byte> block)
    {
        bool isBigEndian = block.StartsWith("MM"u8);
        uint start = UInt(block, 4, 4, isBigEndian), entries = UInt(block, start, 2, isBigEndian);
        for (uint i = 0; i < entries; i++)
        {
            long entry = start + 2L + (i * EntrySize);
            if (UInt(block, entry, 2, isBigEndian) == OrientationTag)
            {
                uint orientation = UInt(block, entry + 8, 2, isBigEndian);
                return orientation is >= 1 and <= 8 ? (int)orientation : 1;
            }
        }

        return 1;
    }

    /// <summary>0 beyond the end of the block.</summary>
    private static uint UInt(ReadOnlySpan<byte> block, long offset, int size, bool isBigEndian)
    {
        if (offset > block.Length - size)
        {
            return 0;
        }

        ReadOnlySpan<byte> bytes = block.Slice((int)offset, size);
        return (size, isBigEndian) switch
        {
            (2, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            (_, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        };
    }
}
