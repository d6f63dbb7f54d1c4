using System.IO.Compression;

namespace DatasetTool.Sources.Hdf5;

/// <summary>What was done with a dataset's chunks before they were stored: compression and check sums.</summary>
internal sealed class ChunkFilters
{
    private const int Pipeline = 0x0b;
    private const int Deflate = 1;
    private const int Shuffle = 2;
    private const int Fletcher32 = 3;
    private const int ChecksumSize = 4;

    private readonly List<int> _filters = [];

    /// <summary>Reads a dataset's filters.</summary>
    /// <exception cref="NotSupportedException">One of them is not known.</exception>
    internal ChunkFilters(ImageArray images)
    {
        if (images.Header.Message(Pipeline) is not { } pipeline)
        {
            return;
        }

        const int FirstNamed = 256, NameUnit = 8;
        int version = pipeline.Byte(), count = pipeline.Byte();
        pipeline.Skip(version == 1 ? 6 : 0);
        for (int i = 0; i < count; i++)
        {
            int id = pipeline.UInt16(), nameLength = version == 1 || id >= FirstNamed ? pipeline.UInt16() : 0;
            pipeline.Skip(2);
            int values = pipeline.UInt16();
            pipeline.Skip(version == 1 ? (nameLength + NameUnit - 1) / NameUnit * NameUnit : nameLength);
            pipeline.Skip(sizeof(uint) * (values + (version == 1 ? values % 2 : 0)));
            _filters.Add(id is Deflate or Shuffle or Fletcher32 ? id : throw new NotSupportedException(
                $"dataset {images.Name} is compressed with filter {id}, which is not read; save it again with compression='gzip'"));
        }
    }

    /// <summary>Whether chunks are as large in the file as they are read.</summary>
    internal bool IsEmpty => _filters.Count == 0;

    /// <summary>Undoes the filters.</summary>
    /// <param name="stored">A chunk as it is in the file.</param>
    /// <param name="skipped">A bit for each filter that was not applied to it.</param>
    /// <param name="size">Its size when all is undone.</param>
    /// <exception cref="FormatException">It is damaged.</exception>
    internal byte[] Undo(byte[] stored, uint skipped, int size)
    {
        byte[] data = stored;
        for (int i = _filters.Count - 1; i >= 0; i--)
        {
            if ((skipped & (1u << i)) == 0)
            {
                data = Undo(_filters[i], data, size);
            }
        }

        return data.Length == size ? data : throw new FormatException($"a chunk has {data.Length} bytes where it should have {size}");
    }

    // Shuffling brings bytes of the same weight together, and changes nothing where elements have one byte.
    private static byte[] Undo(int filter, byte[] data, int size) => filter switch
    {
        Deflate => Inflated(data, size),
        Fletcher32 => Checked(data),
        _ => data,
    };

    private static byte[] Inflated(byte[] data, int size)
    {
        // A check sum may come after the data, where it was made before they were compressed.
        byte[] inflated = new byte[size + ChecksumSize];
        try
        {
            using ZLibStream stream = new(new MemoryStream(data), CompressionMode.Decompress);
            int length = stream.ReadAtLeast(inflated, inflated.Length, throwOnEndOfStream: false);
            return inflated[..length];
        }
        catch (InvalidDataException e)
        {
            throw new FormatException("a chunk cannot be decompressed", e);
        }
    }

    private static byte[] Checked(byte[] data)
    {
        if (data.Length < ChecksumSize)
        {
            throw new FormatException("a chunk has no check sum");
        }

        byte[] content = data[..^ChecksumSize];
        return BitConverter.ToUInt32(data, content.Length) == Sum(content)
            ? content
            : throw new FormatException("a chunk's check sum is wrong");
    }

    /// <summary>Fletcher's check sum of big-endian words of 16 bits.</summary>
    private static uint Sum(ReadOnlySpan<byte> data)
    {
        const ulong Modulus = 65535;
        ulong first = 0, second = 0;
        for (int i = 0; i < data.Length; i += 2)
        {
            first = (first + ((uint)data[i] << 8) + (i + 1 < data.Length ? data[i + 1] : 0u)) % Modulus;
            second = (second + first) % Modulus;
        }

        return (uint)((second << 16) | first);
    }
}
