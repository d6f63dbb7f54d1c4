using System.Buffers.Binary;

namespace DatasetTool.Sources;

/// <summary>The start of an HDF5 file, which says how long the file is: what reads it takes missing bytes for zeros.</summary>
internal static class Hdf5Signature
{
    private const int SearchStart = 512;
    private const int SuperblockSize = 96;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Checks that a file is HDF5 and whole.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    internal static void Check(FileStream file, string path)
    {
        byte[] block = new byte[SuperblockSize];
        for (long start = 0; start < file.Length; start = Math.Max(SearchStart, 2 * start))
        {
            file.Position = start;
            if (file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false) >= Signature.Length
                && block.AsSpan().StartsWith(Signature))
            {
                CheckLength(file.Length, block, path);
                return;
            }
        }

        throw new InvalidDataException($"{path}: not an HDF5 file; give an archive of images in HDF5");
    }

    private static void CheckLength(long length, ReadOnlySpan<byte> block, string path)
    {
        (int SizeOfAddresses, int Addresses)? layout = block[8] switch
        {
            0 => (block[13], 24),
            1 => (block[13], 28),
            2 or 3 => (block[9], 12),
            _ => null,
        };
        if (layout is not (8 or 4, _))
        {
            throw new InvalidDataException($"{path}: HDF5 of an unknown version or layout; save it again with today's h5py");
        }

        (int size, int addresses) = layout.Value;
        ReadOnlySpan<byte> end = block.Slice(addresses + (2 * size), size);
        ulong expected = size == sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(end)
            : BinaryPrimitives.ReadUInt32LittleEndian(end);
        if ((ulong)length < expected)
        {
            throw new InvalidDataException($"{path}: the HDF5 file is cut off: {length} bytes of {expected}; get a whole copy of it");
        }
    }
}
