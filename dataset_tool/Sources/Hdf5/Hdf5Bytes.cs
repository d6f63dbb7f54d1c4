namespace DatasetTool.Sources.Hdf5;

/// <summary>
/// The bytes of an HDF5 file by address. What describes the file may be read a few times over and no more, so that structures which lead
/// back to themselves come to an end.
/// </summary>
/// <param name="stream">The file; it is disposed of with this.</param>
/// <param name="superblock">Its start.</param>
internal sealed class Hdf5Bytes(FileStream stream, Superblock superblock) : IDisposable
{
    private const long AlwaysAllowed = 1 << 20;
    private const int TimesOver = 4;

    // A read takes time, however short it is.
    private const int LeastCharged = 64;

    private long _left = (TimesOver * stream.Length) + AlwaysAllowed;

    /// <summary>The file's length.</summary>
    internal long Length { get; } = stream.Length;

    /// <summary>Bytes of an address.</summary>
    internal int SizeOfAddresses => superblock.SizeOfAddresses;

    /// <summary>Bytes of a length.</summary>
    internal int SizeOfLengths => superblock.SizeOfLengths;

    /// <summary>Reads a part of what describes the file.</summary>
    /// <exception cref="FormatException">It lies outside the file, or too much was read.</exception>
    internal Hdf5Block Read(ulong address, ulong length)
    {
        Check(address, length);
        _left -= Math.Max((long)length, LeastCharged);
        if (_left < 0)
        {
            throw new FormatException("its structures lead back to themselves");
        }

        byte[] bytes = new byte[length];
        ReadData(address, bytes);
        return new Hdf5Block(bytes, SizeOfAddresses, SizeOfLengths);
    }

    /// <summary>Reads a part of the data.</summary>
    /// <exception cref="FormatException">It lies outside the file.</exception>
    internal void ReadData(ulong address, Span<byte> data)
    {
        Check(address, (ulong)data.Length);
        stream.Position = superblock.Start + (long)address;
        stream.ReadExactly(data);
    }

    /// <summary>Checks that a part lies within the file.</summary>
    /// <exception cref="FormatException">It does not.</exception>
    internal void Check(ulong address, ulong length)
    {
        ulong size = (ulong)(Length - superblock.Start);
        if (address > size || length > size - address)
        {
            throw new FormatException($"{length} bytes at address {address} lie outside the file");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
