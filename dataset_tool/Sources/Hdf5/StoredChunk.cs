namespace DatasetTool.Sources.Hdf5;

/// <summary>A chunk of a dataset in the file.</summary>
/// <param name="Coordinates">Which chunk it is along each axis.</param>
/// <param name="Address">Its address.</param>
/// <param name="Size">Its size in the file.</param>
/// <param name="SkippedFilters">A bit for each filter that was not applied to it.</param>
internal readonly record struct StoredChunk(ulong[] Coordinates, ulong Address, ulong Size, uint SkippedFilters = 0);
