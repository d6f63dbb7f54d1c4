using System.Buffers.Binary;

namespace DatasetTool.Sources;

/// <summary>
/// The records of an LMDB database, in the order of their keys, read without LMDB: its native library needs a newer C library than the
/// systems this runs on have, and ends the whole process where a file is damaged.
/// </summary>
/// <remarks>
/// The file is a B+ tree of pages. Two pages of metadata are at its start, of which the one with the larger transaction number counts.
/// </remarks>
internal sealed class LmdbFile : IDisposable
{
    private const uint Magic = 0xBEEFC0DE;
    private const uint Version = 1;
    private const int PageHeader = 16;
    private const int MetaSize = PageHeader + 136;
    private const int NodeHeader = 8;
    private const int LargestPage = 1 << 16;
    private const int DeepestTree = 32;
    private const ulong NoPage = ulong.MaxValue;

    private readonly FileStream _file;
    private readonly string _path;
    private readonly int _pageSize;
    private readonly ulong _root;
    private readonly ulong _pages;
    private readonly int _depth;
    private ulong _pagesRead;

    /// <summary>Opens the database in a folder.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal LmdbFile(string folder)
    {
        _path = Path.Combine(folder, "data.mdb");
        _file = InputFile.Open(_path);
        try
        {
            byte[] first = ReadMeta(0);
            _pageSize = ReadPageSize(first);
            byte[] second = ReadMeta(_pageSize);
            ReadOnlySpan<byte> meta = (TransactionOf(second) > TransactionOf(first) ? second : first).AsSpan(PageHeader);
            _depth = BinaryPrimitives.ReadUInt16LittleEndian(meta[78..]);
            Count = (long)BinaryPrimitives.ReadUInt64LittleEndian(meta[104..]);
            _root = BinaryPrimitives.ReadUInt64LittleEndian(meta[112..]);
            _pages = BinaryPrimitives.ReadUInt64LittleEndian(meta[120..]) + 1;
            CheckMeta();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    [Flags]
    private enum PageKinds : ushort
    {
        Branch = 1,
        Leaf = 2,
        Overflow = 4,
    }

    [Flags]
    private enum NodeKinds : ushort
    {
        InOverflowPages = 1,
        SubDatabase = 2,
        Duplicates = 4,
    }

    /// <summary>How many records there are.</summary>
    internal long Count { get; }

    /// <summary>The records.</summary>
    /// <exception cref="InvalidDataException">The database is damaged.</exception>
    internal IEnumerable<(byte[] Key, byte[] Value)> Records()
    {
        _pagesRead = 0;
        return _root == NoPage ? [] : RecordsBelow(_root, _depth);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void CheckMeta()
    {
        if (_depth > DeepestTree || Count < 0 || Count > _file.Length / NodeHeader)
        {
            throw Damaged($"it says that it has {Count} records in a tree of depth {_depth}");
        }
    }

    private IEnumerable<(byte[] Key, byte[] Value)> RecordsBelow(ulong number, int depth)
    {
        if (++_pagesRead > _pages)
        {
            throw Damaged($"page {number} is in the tree more than once");
        }

        byte[] page = ReadPage(number);
        PageKinds kind = (PageKinds)BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(10)) & (PageKinds.Branch | PageKinds.Leaf);
        if (kind != (depth == 1 ? PageKinds.Leaf : PageKinds.Branch) || depth < 1)
        {
            throw Damaged($"page {number} is not the page of a tree");
        }

        foreach (int node in Nodes(page, number))
        {
            if (kind == PageKinds.Leaf)
            {
                yield return ReadRecord(page, node, number);
                continue;
            }

            foreach ((byte[], byte[]) record in RecordsBelow(ChildOf(page.AsSpan(node)), depth - 1))
            {
                yield return record;
            }
        }
    }

    /// <summary>Where the nodes of a page begin.</summary>
    private List<int> Nodes(byte[] page, ulong number)
    {
        int end = BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(12));
        if (end <= PageHeader || end > page.Length)
        {
            throw Damaged($"page {number} has no nodes");
        }

        List<int> nodes = [];
        for (int at = PageHeader; at < end; at += sizeof(ushort))
        {
            nodes.Add(BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(at)));
        }

        return nodes.TrueForAll(n => n >= end && n <= page.Length - NodeHeader)
            ? nodes
            : throw Damaged($"page {number} has a node outside of itself");
    }

    private static ulong ChildOf(ReadOnlySpan<byte> node) =>
        BinaryPrimitives.ReadUInt32LittleEndian(node) | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(node[4..]) << 32);

    private (byte[] Key, byte[] Value) ReadRecord(byte[] page, int at, ulong number)
    {
        ReadOnlySpan<byte> node = page.AsSpan(at);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(node);
        NodeKinds kind = (NodeKinds)BinaryPrimitives.ReadUInt16LittleEndian(node[4..]);
        int keySize = BinaryPrimitives.ReadUInt16LittleEndian(node[6..]);
        if ((kind & (NodeKinds.SubDatabase | NodeKinds.Duplicates)) != 0)
        {
            throw new InvalidDataException($"{_path}: has databases inside, which LSUN's do not; give a folder of LSUN");
        }

        bool isOutside = kind.HasFlag(NodeKinds.InOverflowPages);
        if (NodeHeader + keySize + (isOutside ? sizeof(ulong) : size) > node.Length)
        {
            throw Damaged($"page {number} has a record that goes beyond it");
        }

        byte[] key = node.Slice(NodeHeader, keySize).ToArray();
        ReadOnlySpan<byte> value = node[(NodeHeader + keySize)..];
        return (key, isOutside ? ReadOverflow(BinaryPrimitives.ReadUInt64LittleEndian(value), size) : value[..(int)size].ToArray());
    }

    private byte[] ReadOverflow(ulong number, long size)
    {
        byte[] header = Read(Offset(number), PageHeader);
        bool isOverflow = ((PageKinds)BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(10))).HasFlag(PageKinds.Overflow);
        return isOverflow && BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(12)) * (long)_pageSize >= PageHeader + size
            ? Read(Offset(number) + PageHeader, size)
            : throw Damaged($"page {number} does not hold the {size} bytes of a record");
    }

    private byte[] ReadPage(ulong number) => Read(Offset(number), _pageSize);

    private long Offset(ulong page) => page < _pages && page <= (ulong)(long.MaxValue / LargestPage)
        ? (long)page * _pageSize
        : throw Damaged($"there is no page {page}");

    private byte[] ReadMeta(long offset)
    {
        byte[] page = Read(offset, MetaSize);
        return BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(PageHeader)) == Magic
            && BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(PageHeader + 4)) == Version
            ? page
            : throw new InvalidDataException($"{_path}: not an LMDB database; give a folder of LSUN");
    }

    private int ReadPageSize(ReadOnlySpan<byte> meta)
    {
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(meta[(PageHeader + 24)..]);
        return size >= 256 && size <= LargestPage ? (int)size : throw Damaged($"it has pages of {size} bytes");
    }

    private static ulong TransactionOf(ReadOnlySpan<byte> meta) => BinaryPrimitives.ReadUInt64LittleEndian(meta[(PageHeader + 128)..]);

    /// <summary>Reads a part of the file; nothing is set aside for what the file does not have.</summary>
    private byte[] Read(long offset, long size)
    {
        if (size > _file.Length - offset || size > Array.MaxLength)
        {
            throw Damaged($"it is cut off: {_file.Length} bytes, where {offset + size} are needed");
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)size);
        _file.Position = offset;
        _file.ReadExactly(bytes);
        return bytes;
    }

    private InvalidDataException Damaged(string what) => new($"{_path}: the LMDB database is damaged: {what}; get a whole copy of it");
}
