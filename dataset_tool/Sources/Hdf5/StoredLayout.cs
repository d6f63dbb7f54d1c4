namespace DatasetTool.Sources.Hdf5;

/// <summary>How a dataset is stored: in the header, in one piece, or in chunks.</summary>
internal static class StoredLayout
{
    private const int Layout = 0x08;
    private const int Compact = 0;
    private const int Contiguous = 1;
    private const int Chunked = 2;
    private const int Virtual = 3;

    /// <summary>The images of a dataset.</summary>
    /// <exception cref="FormatException">They are damaged, or have no storage.</exception>
    /// <exception cref="NotSupportedException">They are stored in a way that is not read.</exception>
    internal static IStoredImages Open(Hdf5Bytes file, ImageArray images)
    {
        Hdf5Block layout = images.Header.Message(Layout) ?? throw new FormatException($"dataset {images.Name} has no storage");
        int version = layout.Byte();
        if (version is not (3 or 4))
        {
            throw new NotSupportedException($"dataset {images.Name} is stored as no h5py of today stores it; save it again with h5py");
        }

        switch (layout.Byte())
        {
            case Compact:
                return new CompactImages(images, layout.Bytes((ulong)layout.UInt16()));
            case Contiguous:
                return new ContiguousImages(file, images, layout.Address());
            case Chunked:
                ChunkGrid grid = version == 3 ? ChunkGrid.Version3(images, layout) : ChunkGrid.Version4(images, layout);
                IEnumerable<StoredChunk> chunks = version == 3
                    ? ChunkIndexes.Version3(file, grid, layout)
                    : ChunkIndexes.Version4(file, grid, layout);
                return new ChunkedImages(file, images, grid, chunks);
            case Virtual:
                throw new NotSupportedException($"dataset {images.Name} is a view of other datasets; copy their images into the archive");
            default:
                throw new FormatException($"dataset {images.Name} is stored in an unknown way");
        }
    }
}
