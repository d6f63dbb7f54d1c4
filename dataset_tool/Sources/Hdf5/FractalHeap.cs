using System.Numerics;

namespace DatasetTool.Sources.Hdf5;

/// <summary>A heap in which large groups keep their links: blocks in rows, each row's twice as large as those of the one before.</summary>
internal sealed class FractalHeap
{
    private readonly Hdf5Bytes _file;
    private readonly int _sizeOfOffset;
    private readonly int _sizeOfLength;
    private readonly ulong _width;
    private readonly ulong _startSize;
    private readonly ulong _largestDirect;
    private readonly ulong? _root;
    private readonly int _rootRows;

    /// <summary>Reads a heap's header.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    /// <exception cref="NotSupportedException">It is compressed.</exception>
    internal FractalHeap(Hdf5Bytes file, ulong address)
    {
        _file = file;
        Hdf5Block head = file.Read(address, (ulong)(22 + (12 * file.SizeOfLengths) + (3 * file.SizeOfAddresses))).Begins("FRHP", 0);
        head.Skip(2);
        if (head.UInt16() != 0)
        {
            throw new NotSupportedException("its names are compressed; save it again with h5py's defaults");
        }

        head.Skip(1);
        uint largestObject = head.UInt32();
        head.Skip((10 * file.SizeOfLengths) + (2 * file.SizeOfAddresses));
        _width = (ulong)head.UInt16();
        _startSize = head.Length();
        _largestDirect = head.Length();
        int bits = head.UInt16();
        head.Skip(2);
        _root = head.Address();
        _rootRows = head.UInt16();
        if (bits is 0 or > 64 || largestObject == 0 || _width == 0
            || !BitOperations.IsPow2(_startSize) || !BitOperations.IsPow2(_largestDirect) || _largestDirect < _startSize
            || _largestDirect > uint.MaxValue)
        {
            throw new FormatException("a heap has blocks of an impossible size");
        }

        _sizeOfOffset = (bits + 7) / 8;
        _sizeOfLength = Math.Min((BitOperations.Log2(_largestDirect) + 7) / 8, (BitOperations.Log2(largestObject) / 8) + 1);
    }

    /// <summary>An object.</summary>
    /// <param name="id">Where it is.</param>
    /// <exception cref="FormatException">It lies outside the heap.</exception>
    internal Hdf5Block Object(Hdf5Block id)
    {
        if ((id.Byte() & 0x30) != 0)
        {
            throw new NotSupportedException("it has names of an unusual length; give them shorter names");
        }

        ulong offset = id.Number(_sizeOfOffset), length = id.Number(_sizeOfLength);
        ulong block = _root ?? throw new FormatException("a heap is empty");
        int rows = _rootRows;
        while (rows > 0)
        {
            (block, offset, rows) = Child(block, offset, rows);
        }

        return _file.Read(block + offset, length);
    }

    /// <summary>The block within an indirect block that has an offset.</summary>
    /// <returns>Its address, the offset in it, and its rows, which are 0 where it has objects.</returns>
    private (ulong Address, ulong Offset, int Rows) Child(ulong block, ulong offset, int rows)
    {
        ulong firstRow = _width * _startSize;
        int row = offset < firstRow ? 0 : BitOperations.Log2(offset / firstRow) + 1;
        if (row >= rows)
        {
            throw new FormatException("a name lies outside its heap");
        }

        ulong size = _startSize << Math.Max(row - 1, 0), inRow = row == 0 ? offset : offset - (firstRow << (row - 1));
        int directRows = BitOperations.Log2(_largestDirect) - BitOperations.Log2(_startSize) + 2;
        ulong entry = ((ulong)row * _width) + (inRow / size);
        ulong entries = block + (ulong)(5 + _file.SizeOfAddresses + _sizeOfOffset);
        ulong child = _file.Read(entries + (entry * (ulong)_file.SizeOfAddresses), (ulong)_file.SizeOfAddresses).Address()
            ?? throw new FormatException("a name has no storage");
        int childRows = row < directRows ? 0 : BitOperations.Log2(size / firstRow) + 1;
        return childRows < rows ? (child, inRow % size, childRows) : throw new FormatException("a heap leads back to itself");
    }
}
