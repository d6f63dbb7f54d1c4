namespace DatasetTool.Sources.Hdf5;

/// <summary>Images that lie in the file in chunks, of which the last ones read are kept.</summary>
/// <param name="file">The file.</param>
/// <param name="images">The dataset.</param>
/// <param name="grid">How its chunks lie in it.</param>
/// <param name="chunks">Where they are in the file.</param>
/// <exception cref="FormatException">The index is damaged.</exception>
/// <exception cref="NotSupportedException">Some chunks have no storage.</exception>
internal sealed class ChunkedImages(Hdf5Bytes file, ImageArray images, ChunkGrid grid, IEnumerable<StoredChunk> chunks) : IStoredImages
{
    private const int Kept = 1 << 26;
    private const int LeastEntry = 8;

    private readonly (ulong Address, ulong Size, uint SkippedFilters)[] _chunks = Places(file, images, grid, chunks);
    private readonly Dictionary<long, byte[]> _read = [];
    private readonly Queue<long> _order = [];

    /// <inheritdoc/>
    public void Read(int index, Span<byte> pixels)
    {
        ulong[] chunk = grid.Chunk;
        ulong[] at = [(ulong)index / chunk[0], 0, 0, 0];
        int inChunk = (int)((ulong)index % chunk[0] * chunk[1] * chunk[2] * chunk[3]);
        for (at[1] = 0; at[1] < grid.Counts[1]; at[1]++)
        {
            for (at[2] = 0; at[2] < grid.Counts[2]; at[2]++)
            {
                for (at[3] = 0; at[3] < grid.Counts[3]; at[3]++)
                {
                    Copy(Chunk(at).AsSpan(inChunk), at, pixels);
                }
            }
        }
    }

    /// <summary>Copies what a chunk has of an image.</summary>
    private void Copy(ReadOnlySpan<byte> chunk, ulong[] at, Span<byte> pixels)
    {
        ulong[] shape = images.Shape;
        (int channel, int channels) = Range(1);
        (int row, int rows) = Range(2);
        (int column, int columns) = Range(3);
        int chunkRows = (int)grid.Chunk[2], chunkColumns = (int)grid.Chunk[3];
        for (int c = 0; c < channels; c++)
        {
            for (int y = 0; y < rows; y++)
            {
                int to = ((((channel + c) * (int)shape[2]) + row + y) * (int)shape[3]) + column;
                chunk.Slice(((c * chunkRows) + y) * chunkColumns, columns).CopyTo(pixels[to..]);
            }
        }

        (int, int) Range(int axis)
        {
            ulong first = at[axis] * grid.Chunk[axis];
            return ((int)first, (int)Math.Min(grid.Chunk[axis], shape[axis] - first));
        }
    }

    private byte[] Chunk(ulong[] at)
    {
        long number = grid.Number(at)!.Value;
        if (_read.TryGetValue(number, out byte[]? data))
        {
            return data;
        }

        (ulong address, ulong size, uint skipped) = _chunks[number];
        byte[] stored = new byte[size];
        file.ReadData(address, stored);
        data = grid.Filters.Undo(stored, grid.IsUnfiltered(at, images.Shape) ? uint.MaxValue : skipped, grid.Size);
        while (_order.Count > 0 && (long)(_order.Count + 1) * data.Length > Kept)
        {
            _read.Remove(_order.Dequeue());
        }

        _read.Add(number, data);
        _order.Enqueue(number);
        return data;
    }

    private static (ulong, ulong, uint)[] Places(Hdf5Bytes file, ImageArray images, ChunkGrid grid, IEnumerable<StoredChunk> chunks)
    {
        if (grid.Count > (ulong)(file.Length / LeastEntry))
        {
            throw images.NotWritten($"{grid.Count} chunks cannot lie in {file.Length} bytes");
        }

        var places = new (ulong, ulong Size, uint)[(int)grid.Count];
        UInt128 stored = 0;
        foreach (StoredChunk chunk in chunks)
        {
            if (grid.Number(chunk.Coordinates) is { } number)
            {
                file.Check(chunk.Address, chunk.Size);
                places[number] = (chunk.Address, chunk.Size, chunk.SkippedFilters);
                stored += chunk.Size;
            }
        }

        int missing = places.Count(c => c.Size == 0);
        if (missing > 0)
        {
            throw images.NotWritten($"{missing} of its {places.Length} chunks were never written");
        }

        if (stored > (ulong)file.Length)
        {
            throw new FormatException($"dataset {images.Name} has chunks that lie on each other");
        }

        return places;
    }
}
