namespace DatasetTool.Sources.Hdf5;

/// <summary>The indexes by which a dataset's chunks are found.</summary>
internal static class ChunkIndexes
{
    private const int Filtered = 2;
    private const int MaskSize = 4;

    /// <summary>The chunks of a layout of version 3, whose index is a tree.</summary>
    internal static IEnumerable<StoredChunk> Version3(Hdf5Bytes file, ChunkGrid grid, Hdf5Block layout)
    {
        if (grid.Index is not { } index)
        {
            yield break;
        }

        foreach ((Hdf5Block key, ulong child) in BTree1.Leaves(file, index, nodeType: 1, 8 + (8 * (ImageArray.Rank + 1))))
        {
            uint size = key.UInt32(), skipped = key.UInt32();
            ulong[] coordinates = [.. grid.Chunk.Select(d => key.Number(sizeof(ulong)) / d)];
            yield return new StoredChunk(coordinates, child, size, skipped);
        }
    }

    /// <summary>The chunks of a layout of version 4, which has one of five indexes.</summary>
    /// <exception cref="FormatException">The index is damaged.</exception>
    internal static IEnumerable<StoredChunk> Version4(Hdf5Bytes file, ChunkGrid grid, Hdf5Block layout)
    {
        switch (layout.Byte())
        {
            case 1:
                bool isFiltered = (grid.Flags & Filtered) != 0;
                ulong size = isFiltered ? layout.Length() : (ulong)grid.Size;
                uint skipped = isFiltered ? layout.UInt32() : 0;
                return layout.Address() is { } only ? [new StoredChunk(new ulong[ImageArray.Rank], only, size, skipped)] : [];
            case 2:
                return layout.Address() is { } first ? Implicit(file, grid, first) : [];
            case 3:
                layout.Skip(1);
                return layout.Address() is { } array ? FixedArray.Elements(file, array).SelectMany(e => OfElement(grid, e)) : [];
            case 4:
                layout.Skip(5);
                return layout.Address() is { } growing ? ExtensibleArray.Elements(file, growing).SelectMany(e => OfElement(grid, e)) : [];
            case 5:
                layout.Skip(6);
                int type = grid.Filters.IsEmpty ? 10 : 11;
                return layout.Address() is { } tree ? BTree2.Records(file, tree, type).Select(r => OfRecord(grid, r)) : [];
            default:
                throw new FormatException($"dataset {grid.Name} has chunks that are found in an unknown way");
        }
    }

    /// <summary>Chunks that lie one after the other.</summary>
    private static IEnumerable<StoredChunk> Implicit(Hdf5Bytes file, ChunkGrid grid, ulong first)
    {
        file.Check(first, (ulong)UInt128.Min(grid.Count * (ulong)grid.Size, ulong.MaxValue));
        for (ulong entry = 0; entry < grid.Count; entry++)
        {
            yield return new StoredChunk(grid.Coordinates(entry), first + (entry * (ulong)grid.Size), (ulong)grid.Size);
        }
    }

    private static IEnumerable<StoredChunk> OfElement(ChunkGrid grid, (ulong Index, Hdf5Block Data) element)
    {
        if (element.Data.Address() is { } address)
        {
            (ulong size, uint skipped) =
                grid.Filters.IsEmpty ? ((ulong)grid.Size, 0) : SizeAndMask(element.Data, element.Data.Left - MaskSize);
            yield return new StoredChunk(grid.Coordinates(element.Index), address, size, skipped);
        }
    }

    private static StoredChunk OfRecord(ChunkGrid grid, Hdf5Block record)
    {
        ulong address = record.Address() ?? throw new FormatException("a chunk has no address");
        int coordinatesSize = ImageArray.Rank * sizeof(ulong);
        (ulong size, uint skipped) =
            grid.Filters.IsEmpty ? ((ulong)grid.Size, 0) : SizeAndMask(record, record.Left - coordinatesSize - MaskSize);
        return new StoredChunk([.. grid.Chunk.Select(_ => record.Number(sizeof(ulong)))], address, size, skipped);
    }

    private static (ulong Size, uint Skipped) SizeAndMask(Hdf5Block data, int sizeOfSize) => sizeOfSize is > 0 and <= sizeof(ulong)
        ? (data.Number(sizeOfSize), data.UInt32())
        : throw new FormatException("an index of chunks has entries of an impossible size");
}
