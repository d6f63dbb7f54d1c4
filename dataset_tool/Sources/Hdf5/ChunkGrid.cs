namespace DatasetTool.Sources.Hdf5;

/// <summary>How a dataset is cut into chunks.</summary>
internal sealed class ChunkGrid
{
    private const ulong LargestChunk = 1 << 27;
    private const int EdgesUnfiltered = 1;

    private readonly ulong?[] _mostCounts;
    private readonly int _slowestAxis;

    private ChunkGrid(ImageArray images, ulong[] chunk, int flags)
    {
        const int ElementAxis = ImageArray.Rank;
        if (chunk.Length != ImageArray.Rank + 1 || chunk[ElementAxis] != 1 || chunk.Contains(0UL))
        {
            throw new FormatException($"dataset {images.Name} has chunks of an impossible shape");
        }

        Chunk = chunk[..ElementAxis];
        UInt128 size = Chunk.Aggregate((UInt128)1, (product, d) => product * d);
        Size = size <= LargestChunk ? (int)size : throw new NotSupportedException(
            $"dataset {images.Name} has chunks of more than {LargestChunk >> 20} MB; save it again with smaller chunks");
        Name = images.Name;
        Flags = flags;
        Counts = [.. images.Shape.Zip(Chunk, CountOf)];
        _mostCounts = [.. images.MostShape.Select((all, axis) => all is { } limit ? CountOf(limit, Chunk[axis]) : (ulong?)null)];
        _slowestAxis = Math.Max(0, Array.FindIndex(_mostCounts, c => c is null));
        Filters = new ChunkFilters(images);
    }

    /// <summary>The dataset's name.</summary>
    internal string Name { get; }

    /// <summary>A chunk's shape.</summary>
    internal ulong[] Chunk { get; }

    /// <summary>A chunk's size when nothing is compressed.</summary>
    internal int Size { get; }

    /// <summary>Bits of the layout.</summary>
    internal int Flags { get; }

    /// <summary>Number of chunks along each axis.</summary>
    internal ulong[] Counts { get; }

    /// <summary>What was done with chunks before they were stored.</summary>
    internal ChunkFilters Filters { get; }

    /// <summary>Number of chunks.</summary>
    internal UInt128 Count => Counts.Aggregate((UInt128)1, (product, d) => product * d);

    /// <summary>The grid that a layout of version 3 describes.</summary>
    internal static ChunkGrid Version3(ImageArray images, Hdf5Block layout)
    {
        int axes = layout.Byte();
        ulong? index = layout.Address();
        ulong[] chunk = [.. Enumerable.Range(0, axes).Select(_ => (ulong)layout.UInt32())];
        return new ChunkGrid(images, chunk, flags: 0) { Index = index };
    }

    /// <summary>The grid that a layout of version 4 describes.</summary>
    internal static ChunkGrid Version4(ImageArray images, Hdf5Block layout)
    {
        int flags = layout.Byte(), axes = layout.Byte(), size = layout.Byte();
        return size <= sizeof(ulong)
            ? new ChunkGrid(images, [.. Enumerable.Range(0, axes).Select(_ => layout.Number(size))], flags)
            : throw new FormatException($"dataset {images.Name} has chunks of an impossible shape");
    }

    /// <summary>Address of a version 3 layout's index.</summary>
    internal ulong? Index { get; private init; }

    /// <summary>Which chunk an index's entry is, along each axis.</summary>
    /// <param name="entry">Its number; the axis without limit changes slowest.</param>
    internal ulong[] Coordinates(ulong entry)
    {
        ulong[] coordinates = new ulong[ImageArray.Rank];
        for (int axis = ImageArray.Rank - 1; axis >= 0; axis--)
        {
            if (axis != _slowestAxis)
            {
                ulong count = Math.Max(_mostCounts[axis] ?? Counts[axis], 1);
                (entry, coordinates[axis]) = Math.DivRem(entry, count);
            }
        }

        coordinates[_slowestAxis] = entry;
        return coordinates;
    }

    /// <summary>The number of a chunk among those that the dataset has; null where it lies outside.</summary>
    internal long? Number(ReadOnlySpan<ulong> coordinates)
    {
        ulong number = 0;
        for (int axis = 0; axis < ImageArray.Rank; axis++)
        {
            if (coordinates[axis] >= Counts[axis])
            {
                return null;
            }

            number = (number * Counts[axis]) + coordinates[axis];
        }

        return (long)number;
    }

    private static ulong CountOf(ulong length, ulong chunk) => (length / chunk) + (length % chunk == 0 ? 0 : 1UL);

    /// <summary>Whether filters are left out for a chunk because the dataset ends within it.</summary>
    internal bool IsUnfiltered(ReadOnlySpan<ulong> coordinates, ulong[] shape)
    {
        bool isCut = false;
        for (int axis = 0; axis < ImageArray.Rank; axis++)
        {
            isCut |= (coordinates[axis] + 1) * Chunk[axis] > shape[axis];
        }

        return isCut && (Flags & EdgesUnfiltered) != 0;
    }
}
