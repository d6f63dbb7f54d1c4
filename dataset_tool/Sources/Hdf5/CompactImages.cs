namespace DatasetTool.Sources.Hdf5;

/// <summary>Images that lie in the header of their dataset.</summary>
internal sealed class CompactImages : IStoredImages
{
    private readonly ReadOnlyMemory<byte> _data;

    internal CompactImages(ImageArray images, ReadOnlyMemory<byte> data)
    {
        _data = (UInt128)data.Length >= (UInt128)images.Shape[0] * (ulong)images.ImageSize
            ? data
            : throw images.NotWritten($"they cannot lie in {data.Length} bytes");
    }

    /// <inheritdoc/>
    public void Read(int index, Span<byte> pixels) => _data.Span.Slice(index * pixels.Length, pixels.Length).CopyTo(pixels);
}
