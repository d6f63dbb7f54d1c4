namespace DatasetTool.Sources.Hdf5;

/// <summary>The messages that describe a group or a dataset, in an object header of either version.</summary>
internal sealed class ObjectHeader
{
    private const int Continuation = 0x10;
    private const int IsShared = 0x02;

    private readonly Hdf5Bytes _file;
    private readonly List<(int Type, int Flags, Hdf5Block Data)> _messages = [];
    private readonly Queue<(ulong Address, ulong Length)> _continuations = [];

    /// <summary>Reads an object header.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    internal ObjectHeader(Hdf5Bytes file, ulong address)
    {
        _file = file;
        if (file.Read(address, 1).Byte() == 1)
        {
            ReadVersion1(address);
        }
        else
        {
            ReadVersion2(address);
        }
    }

    /// <summary>The messages of a type.</summary>
    /// <exception cref="NotSupportedException">One of them lies elsewhere in the file.</exception>
    internal IEnumerable<Hdf5Block> Messages(int type) => _messages.Where(m => m.Type == type).Select(m => (m.Flags & IsShared) == 0
        ? m.Data
        : throw new NotSupportedException("it has a named type, or messages that objects share; save it again with h5py's defaults"));

    /// <summary>The message of a type; null where there is none.</summary>
    internal Hdf5Block? Message(int type) => Messages(type).FirstOrDefault();

    private void ReadVersion1(ulong address)
    {
        const int PrefixSize = 16;
        Hdf5Block prefix = _file.Read(address, PrefixSize);
        prefix.Skip(8);
        _continuations.Enqueue((address + PrefixSize, prefix.UInt32()));
        while (_continuations.TryDequeue(out (ulong Address, ulong Length) part))
        {
            Hdf5Block block = _file.Read(part.Address, part.Length);
            while (block.Left >= 8)
            {
                int type = block.UInt16(), size = block.UInt16(), flags = block.Byte();
                block.Skip(3);
                Add(type, flags, block.Part((ulong)size));
            }
        }
    }

    private void ReadVersion2(ulong address)
    {
        const int ShortestPrefix = 7, LongestPrefix = 34, ChecksumSize = 4;
        Hdf5Block prefix = _file.Read(address, ShortestPrefix).Begins("OHDR", 2);
        int flags = prefix.Byte(), sizeOfSize = 1 << (flags & 3);
        int skipped = ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
        prefix = _file.Read(address, (ulong)Math.Min(ShortestPrefix - 1 + skipped + sizeOfSize, LongestPrefix));
        prefix.Skip(ShortestPrefix - 1 + skipped);
        ulong size = prefix.Number(sizeOfSize);
        bool hasOrder = (flags & 0x04) != 0;
        ReadMessages(_file.Read(address + (ulong)(ShortestPrefix - 1 + skipped + sizeOfSize), size), hasOrder);
        while (_continuations.TryDequeue(out (ulong Address, ulong Length) part))
        {
            Hdf5Block block = _file.Read(part.Address, part.Length);
            string signature = block.Text(4);
            if (signature != "OCHK" || block.Left < ChecksumSize)
            {
                throw new FormatException("an object header goes on where there is none");
            }

            ReadMessages(block.Part((ulong)(block.Left - ChecksumSize)), hasOrder);
        }
    }

    private void ReadMessages(Hdf5Block block, bool hasOrder)
    {
        int headerSize = hasOrder ? 6 : 4;
        while (block.Left >= headerSize)
        {
            int type = block.Byte(), size = block.UInt16(), flags = block.Byte();
            block.Skip(headerSize - 4);
            Add(type, flags, block.Part((ulong)size));
        }
    }

    private void Add(int type, int flags, Hdf5Block data)
    {
        if (type == Continuation)
        {
            _continuations.Enqueue((data.Address() ?? 0, data.Length()));
        }
        else
        {
            _messages.Add((type, flags, data));
        }
    }
}
