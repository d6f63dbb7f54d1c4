using System.Text;

namespace DatasetTool.Sources.Hdf5;

/// <summary>Part of an HDF5 file, read from front to back; numbers are little-endian.</summary>
/// <param name="bytes">The part.</param>
/// <param name="sizeOfAddresses">Bytes of an address.</param>
/// <param name="sizeOfLengths">Bytes of a length.</param>
internal sealed class Hdf5Block(ReadOnlyMemory<byte> bytes, int sizeOfAddresses, int sizeOfLengths)
{
    private int _position;

    /// <summary>How many bytes are left.</summary>
    internal int Left => bytes.Length - _position;

    /// <summary>The next bytes.</summary>
    /// <exception cref="FormatException">There are not that many.</exception>
    internal ReadOnlyMemory<byte> Bytes(ulong count)
    {
        if (count > (ulong)Left)
        {
            throw new FormatException("one of its structures is cut off");
        }

        ReadOnlyMemory<byte> next = bytes.Slice(_position, (int)count);
        _position += (int)count;
        return next;
    }

    /// <summary>The next bytes as a part of their own.</summary>
    internal Hdf5Block Part(ulong count) => new(Bytes(count), sizeOfAddresses, sizeOfLengths);

    /// <summary>Leaves bytes out.</summary>
    internal void Skip(int count) => Bytes((ulong)count);

    /// <summary>A number of so many bytes, at most 8.</summary>
    internal ulong Number(int size)
    {
        ulong number = 0;
        ReadOnlySpan<byte> digits = Bytes((ulong)size).Span;
        for (int i = size - 1; i >= 0; i--)
        {
            number = (number << 8) | digits[i];
        }

        return number;
    }

    internal byte Byte() => (byte)Number(1);

    internal int UInt16() => (int)Number(2);

    internal uint UInt32() => (uint)Number(4);

    internal ulong Length() => Number(sizeOfLengths);

    /// <summary>An address; null where it is undefined.</summary>
    internal ulong? Address() => Number(sizeOfAddresses) is var address && address == ulong.MaxValue >> (64 - (8 * sizeOfAddresses))
        ? null
        : address;

    /// <summary>Text of so many bytes.</summary>
    internal string Text(ulong count) => Encoding.UTF8.GetString(Bytes(count).Span);

    /// <summary>Text as far as a zero.</summary>
    internal string TextToZero()
    {
        int length = bytes.Span[_position..].IndexOf((byte)0);
        return length >= 0 ? Text((ulong)length) : throw new FormatException("a name has no end");
    }

    /// <summary>Checks the four letters and the version, or kind, that a structure begins with.</summary>
    /// <exception cref="FormatException">They are others.</exception>
    internal Hdf5Block Begins(string signature, int version)
    {
        string found = Encoding.Latin1.GetString(Bytes(4).Span);
        return found == signature && Byte() == version
            ? this
            : throw new FormatException($"there is no {signature} of version {version} where there should be one");
    }
}
