namespace DatasetTool.Sources.Hdf5;

/// <summary>A B-tree of the second version, which indexes the links of large groups and chunks.</summary>
internal sealed class BTree2
{
    private const int Deepest = 16;
    private const int Overhead = 10;
    private const int HeadSize = 6;

    private readonly Hdf5Bytes _file;
    private readonly int _type;
    private readonly int _recordSize;
    private readonly int _sizeOfCount;
    private readonly int[] _sizeOfTotal;

    private BTree2(Hdf5Bytes file, int type, uint nodeSize, int recordSize, int depth)
    {
        if (depth > Deepest || recordSize == 0 || nodeSize < Overhead + recordSize)
        {
            throw new FormatException("a tree has nodes of an impossible size, or is too deep");
        }

        _file = file;
        _type = type;
        _recordSize = recordSize;
        ulong most = (nodeSize - Overhead) / (uint)recordSize;
        UInt128 total = most;
        _sizeOfCount = SizeOf(most);
        _sizeOfTotal = new int[depth + 1];
        for (int level = 1; level <= depth; level++)
        {
            uint pointer = (uint)(file.SizeOfAddresses + _sizeOfCount + _sizeOfTotal[level - 1]);
            most = nodeSize > Overhead + pointer ? (nodeSize - Overhead - pointer) / ((uint)recordSize + pointer) : 0;
            total = UInt128.Min(((most + (UInt128)1) * total) + most, ulong.MaxValue);
            _sizeOfTotal[level] = SizeOf((ulong)total);
        }
    }

    /// <summary>The records of a tree, in order.</summary>
    /// <param name="file">The file.</param>
    /// <param name="address">Address of the tree's header.</param>
    /// <param name="type">What kind of records it should have.</param>
    /// <exception cref="FormatException">The tree is damaged.</exception>
    internal static IEnumerable<Hdf5Block> Records(Hdf5Bytes file, ulong address, int type)
    {
        Hdf5Block head = file.Read(address, (ulong)(18 + file.SizeOfAddresses)).Begins("BTHD", 0);
        if (head.Byte() != type)
        {
            throw new FormatException("a tree has records of another kind");
        }

        uint nodeSize = head.UInt32();
        int recordSize = head.UInt16(), depth = head.UInt16();
        head.Skip(2);
        BTree2 tree = new(file, type, nodeSize, recordSize, depth);
        return head.Address() is { } root ? tree.OfNode(root, (ulong)head.UInt16(), depth) : [];
    }

    private IEnumerable<Hdf5Block> OfNode(ulong address, ulong count, int level)
    {
        if (_file.Read(address, HeadSize).Begins(level == 0 ? "BTLF" : "BTIN", 0).Byte() != _type)
        {
            throw new FormatException("a tree has nodes of another kind");
        }

        if (count > (ulong)_file.Length)
        {
            throw new FormatException("a tree has more records than the file has bytes");
        }

        ulong size = count * (ulong)_recordSize;
        Hdf5Block records = _file.Read(address + HeadSize, size);
        int pointer = level == 0 ? 0 : _file.SizeOfAddresses + _sizeOfCount + _sizeOfTotal[level - 1];
        Hdf5Block pointers = _file.Read(address + HeadSize + size, (count + 1) * (ulong)pointer);
        for (ulong i = 0; i <= count; i++)
        {
            if (level > 0)
            {
                ulong child = pointers.Address() ?? throw new FormatException("a tree has a branch without an address");
                ulong inChild = pointers.Number(_sizeOfCount);
                pointers.Skip(_sizeOfTotal[level - 1]);
                foreach (Hdf5Block record in OfNode(child, inChild, level - 1))
                {
                    yield return record;
                }
            }

            if (i < count)
            {
                yield return records.Part((ulong)_recordSize);
            }
        }
    }

    /// <summary>Bytes that a number as large as this is written in.</summary>
    private static int SizeOf(ulong largest) => ((int)ulong.Log2(Math.Max(largest, 1)) / 8) + 1;
}
