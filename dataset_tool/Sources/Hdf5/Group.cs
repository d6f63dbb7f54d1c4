namespace DatasetTool.Sources.Hdf5;

/// <summary>The links of a group, in either of the two forms that groups have.</summary>
internal static class Group
{
    private const int LinkInfo = 0x02;
    private const int LinkMessage = 0x06;
    private const int SymbolTable = 0x11;
    private const int LinkNameRecords = 5;

    /// <summary>The links of an object; none where it is no group.</summary>
    /// <exception cref="FormatException">They are damaged.</exception>
    internal static IEnumerable<Link> Links(Hdf5Bytes file, ObjectHeader header)
    {
        if (header.Message(SymbolTable) is { } table)
        {
            return OfSymbolTable(file, table.Address(), table.Address());
        }

        IEnumerable<Link> links = header.Messages(LinkMessage).Select(Parse);
        return header.Message(LinkInfo) is { } info ? links.Concat(OfHeap(file, info)) : links;
    }

    private static IEnumerable<Link> OfSymbolTable(Hdf5Bytes file, ulong? tree, ulong? heap)
    {
        if (tree is null || heap is null)
        {
            yield break;
        }

        Hdf5Block head = file.Read(heap.Value, (ulong)(8 + (2 * file.SizeOfLengths) + file.SizeOfAddresses)).Begins("HEAP", 0);
        head.Skip(3);
        ulong size = head.Length();
        head.Length();
        ulong names = head.Address() ?? throw new FormatException("the names in a group have no storage");
        file.Check(names, size);
        foreach ((_, ulong node) in BTree1.Leaves(file, tree.Value, nodeType: 0, file.SizeOfLengths))
        {
            foreach (Link link in OfSymbolNode(file, node, offset => Name(file, names, size, offset)))
            {
                yield return link;
            }
        }
    }

    private static IEnumerable<Link> OfSymbolNode(Hdf5Bytes file, ulong node, Func<ulong, string> nameAt)
    {
        const int HeadSize = 8, SoftLink = 2;
        int entrySize = (2 * file.SizeOfAddresses) + 24;
        Hdf5Block head = file.Read(node, HeadSize).Begins("SNOD", 1);
        head.Skip(1);
        int count = head.UInt16();
        Hdf5Block entries = file.Read(node + HeadSize, (ulong)(count * entrySize));
        for (int i = 0; i < count; i++)
        {
            Hdf5Block entry = entries.Part((ulong)entrySize);
            string name = nameAt(entry.Number(file.SizeOfAddresses));
            ulong? address = entry.Address();
            uint kind = entry.UInt32();
            entry.Skip(4);
            yield return kind == SoftLink ? new Link(name, null, nameAt(entry.UInt32())) : new Link(name, address);
        }
    }

    private static string Name(Hdf5Bytes file, ulong names, ulong size, ulong offset)
    {
        const ulong Longest = 1024;
        return offset < size
            ? file.Read(names + offset, Math.Min(size - offset, Longest)).TextToZero()
            : throw new FormatException("a name lies outside its group");
    }

    private static IEnumerable<Link> OfHeap(Hdf5Bytes file, Hdf5Block info)
    {
        info.Skip(1);
        info.Skip((info.Byte() & 1) != 0 ? 8 : 0);
        if (info.Address() is not { } heapAddress || info.Address() is not { } tree)
        {
            return [];
        }

        FractalHeap heap = new(file, heapAddress);
        return BTree2.Records(file, tree, LinkNameRecords).Select(record =>
        {
            record.Skip(sizeof(uint));
            return Parse(heap.Object(record));
        });
    }

    private static Link Parse(Hdf5Block message)
    {
        const int Hard = 0, Soft = 1, External = 64;
        if (message.Byte() != 1)
        {
            throw new FormatException("a link has an unknown version");
        }

        int flags = message.Byte(), type = (flags & 0x08) != 0 ? message.Byte() : Hard;
        message.Skip(((flags & 0x04) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0));
        string name = message.Text(message.Number(1 << (flags & 3)));
        switch (type)
        {
            case Hard:
                return new Link(name, message.Address());
            case Soft:
                return new Link(name, null, message.Text((ulong)message.UInt16()));
            case External:
                Hdf5Block target = message.Part((ulong)message.UInt16());
                target.Skip(1);
                return new Link(name, null, OtherFile: target.TextToZero());
            default:
                throw new NotSupportedException($"link {name} is of a kind that only the program which wrote it knows; copy the images in");
        }
    }
}
