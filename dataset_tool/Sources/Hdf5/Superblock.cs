using System.Buffers.Binary;

namespace DatasetTool.Sources.Hdf5;

/// <summary>The start of an HDF5 file.</summary>
/// <param name="Start">Where in the file addresses begin.</param>
/// <param name="SizeOfAddresses">Bytes of an address.</param>
/// <param name="SizeOfLengths">Bytes of a length.</param>
/// <param name="Root">Address of the root group.</param>
internal sealed record Superblock(long Start, int SizeOfAddresses, int SizeOfLengths, ulong Root)
{
    private const int SearchStart = 512;
    private const int Size = 96;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Finds the start of a file, and checks that the file is as long as it says.</summary>
    /// <exception cref="InvalidDataException">It is not HDF5, or not whole.</exception>
    internal static Superblock Read(FileStream file, string path)
    {
        byte[] block = new byte[Size];
        for (long start = 0; start < file.Length; start = Math.Max(SearchStart, 2 * start))
        {
            file.Position = start;
            if (file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false) >= Signature.Length
                && block.AsSpan().StartsWith(Signature))
            {
                return Parse(file.Length, start, block, path);
            }
        }

        throw new InvalidDataException($"{path}: not an HDF5 file; give an archive of images in HDF5");
    }

    private static Superblock Parse(long length, long start, ReadOnlySpan<byte> block, string path)
    {
        (int sizes, int addresses, int root) = block[8] switch
        {
            0 => (13, 24, 5),
            1 => (13, 28, 5),
            2 or 3 => (9, 12, 3),
            _ => (0, 0, 0),
        };
        if (sizes == 0 || block[sizes] is not (4 or 8) || block[sizes + 1] is not (4 or 8))
        {
            throw new InvalidDataException($"{path}: HDF5 of an unknown version or layout; save it again with today's h5py");
        }

        int size = block[sizes];
        ulong end = Address(block, 2);
        return (ulong)length >= end
            ? new Superblock(start, size, block[sizes + 1], Address(block, root))
            : throw new InvalidDataException($"{path}: the HDF5 file is cut off: {length} bytes of {end}; get a whole copy of it");

        ulong Address(ReadOnlySpan<byte> bytes, int index) => size == sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[(addresses + (index * size))..])
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes[(addresses + (index * size))..]);
    }
}
