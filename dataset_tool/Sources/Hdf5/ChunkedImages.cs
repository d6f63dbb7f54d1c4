namespace DatasetTool.Sources.Hdf5;

/// <summary>Images that lie in the file in chunks, of which the last ones read are kept.</summary>
internal sealed class ChunkedImages : IStoredImages
{
    private const int Kept = 1 << 26;
    private const int LeastEntry = 8;

    private readonly Hdf5Bytes _file;
    private readonly ImageArray _images;
    private readonly ChunkGrid _grid;
    private readonly (ulong Address, ulong Size, uint SkippedFilters)[] _chunks;
    private readonly Dictionary<long, byte[]> _read = [];
    private readonly Queue<long> _order = [];

    /// <summary>Looks up where the chunks are.</summary>
    /// <exception cref="FormatException">The index is damaged.</exception>
    /// <exception cref="NotSupportedException">Some chunks have no storage.</exception>
    internal ChunkedImages(Hdf5Bytes file, ImageArray images, ChunkGrid grid, IEnumerable<StoredChunk> chunks)
    {
        _file = file;
        _images = images;
        _grid = grid;
        if (grid.Count > (ulong)(file.Length / LeastEntry))
        {
            throw images.NotWritten($"{grid.Count} chunks cannot lie in {file.Length} bytes");
        }

        _chunks = new (ulong, ulong, uint)[(int)grid.Count];
        UInt128 stored = 0;
        foreach (StoredChunk chunk in chunks)
        {
            if (grid.Number(chunk.Coordinates) is { } number)
            {
                file.Check(chunk.Address, chunk.Size);
                _chunks[number] = (chunk.Address, chunk.Size, chunk.SkippedFilters);
                stored += chunk.Size;
            }
        }

        int missing = _chunks.Count(c => c.Size == 0);
        if (missing > 0)
        {
            throw images.NotWritten($"{missing} of its {_chunks.Length} chunks were never written");
        }

        if (stored > (ulong)file.Length)
        {
            throw new FormatException($"dataset {images.Name} has chunks that lie on each other");
        }
    }

    /// <inheritdoc/>
    public void Read(int index, Span<byte> pixels)
    {
        ulong[] chunk = _grid.Chunk;
        ulong[] at = [(ulong)index / chunk[0], 0, 0, 0];
        int inChunk = (int)((ulong)index % chunk[0] * chunk[1] * chunk[2] * chunk[3]);
        for (at[1] = 0; at[1] < _grid.Counts[1]; at[1]++)
        {
            for (at[2] = 0; at[2] < _grid.Counts[2]; at[2]++)
            {
                for (at[3] = 0; at[3] < _grid.Counts[3]; at[3]++)
                {
                    Copy(Chunk(at).AsSpan(inChunk), at, pixels);
                }
            }
        }
    }

    /// <summary>Copies what a chunk has of an image.</summary>
    private void Copy(ReadOnlySpan<byte> chunk, ulong[] at, Span<byte> pixels)
    {
        ulong[] shape = _images.Shape;
        (int channel, int channels) = Range(1);
        (int row, int rows) = Range(2);
        (int column, int columns) = Range(3);
        int chunkRows = (int)_grid.Chunk[2], chunkColumns = (int)_grid.Chunk[3];
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
            ulong first = at[axis] * _grid.Chunk[axis];
            return ((int)first, (int)Math.Min(_grid.Chunk[axis], shape[axis] - first));
        }
    }

    private byte[] Chunk(ulong[] at)
    {
        long number = _grid.Number(at)!.Value;
        if (_read.TryGetValue(number, out byte[]? data))
        {
            return data;
        }

        (ulong address, ulong size, uint skipped) = _chunks[number];
        byte[] stored = new byte[size];
        _file.ReadData(address, stored);
        data = _grid.Filters.Undo(stored, _grid.IsUnfiltered(at, _images.Shape) ? uint.MaxValue : skipped, _grid.Size);
        while (_order.Count > 0 && (long)(_order.Count + 1) * data.Length > Kept)
        {
            _read.Remove(_order.Dequeue());
        }

        _read.Add(number, data);
        _order.Enqueue(number);
        return data;
    }
}
