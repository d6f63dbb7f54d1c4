namespace DatasetTool.Sources.Hdf5;

/// <summary>Images that lie in the file in one piece.</summary>
internal sealed class ContiguousImages : IStoredImages
{
    private readonly Hdf5Bytes _file;
    private readonly ulong _address;

    internal ContiguousImages(Hdf5Bytes file, ImageArray images, ulong? address)
    {
        _file = file;
        _address = address ?? throw images.NotWritten("they were never written");
        file.Check(_address, (ulong)UInt128.Min((UInt128)images.Shape[0] * (ulong)images.ImageSize, ulong.MaxValue));
    }

    /// <inheritdoc/>
    public void Read(int index, Span<byte> pixels) => _file.ReadData(_address + ((ulong)index * (ulong)pixels.Length), pixels);
}
