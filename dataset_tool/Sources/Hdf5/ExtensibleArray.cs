using System.Numerics;

namespace DatasetTool.Sources.Hdf5;

/// <summary>
/// An index of chunks of a dataset that can grow along one axis: a few elements, then blocks of them, every two steps twice as long and
/// every two steps twice as many. The blocks of the first steps are listed in the index block, those of a later one in a block of its own.
/// </summary>
internal sealed class ExtensibleArray
{
    private readonly Hdf5Bytes _file;
    private readonly ulong _elementSize;
    private readonly int _sizeOfOffset;
    private readonly int _steps;
    private readonly int _stepsInIndex;
    private readonly ulong _inIndex;
    private readonly ulong _shortest;
    private readonly ulong _pageLength;

    private ExtensibleArray(Hdf5Bytes file, Hdf5Block head)
    {
        _file = file;
        head.Skip(1);
        _elementSize = head.Byte();
        int bits = head.Byte();
        _inIndex = head.Byte();
        _shortest = head.Byte();
        int leastPointers = head.Byte(), pageBits = head.Byte();
        if (_elementSize == 0 || bits > 64 || pageBits > 32 || !BitOperations.IsPow2(_shortest) || !BitOperations.IsPow2(leastPointers)
            || BitOperations.Log2(_shortest) > bits)
        {
            throw new FormatException("an index of chunks has blocks of an impossible size");
        }

        _sizeOfOffset = (bits + 7) / 8;
        _steps = 1 + bits - BitOperations.Log2(_shortest);
        _stepsInIndex = Math.Min(2 * BitOperations.Log2((uint)leastPointers), _steps);
        _pageLength = 1UL << pageBits;
    }

    /// <summary>The elements that were ever written, with their numbers.</summary>
    /// <exception cref="FormatException">The array is damaged.</exception>
    internal static IEnumerable<(ulong Index, Hdf5Block Data)> Elements(Hdf5Bytes file, ulong address)
    {
        Hdf5Block head = file.Read(address, (ulong)(12 + (6 * file.SizeOfLengths) + file.SizeOfAddresses)).Begins("EAHD", 0);
        ExtensibleArray array = new(file, head);
        head.Skip(6 * file.SizeOfLengths);
        return head.Address() is { } index ? array.OfIndex(index) : [];
    }

    private IEnumerable<(ulong Index, Hdf5Block Data)> OfIndex(ulong address)
    {
        ulong prefixSize = (ulong)(6 + _file.SizeOfAddresses);
        _file.Read(address, prefixSize).Begins("EAIB", 0);
        foreach ((ulong, Hdf5Block) element in IndexPage.Elements(_file, address + prefixSize, _elementSize, 0, _inIndex))
        {
            yield return element;
        }

        ulong listed = 0, next = _inIndex;
        for (int step = 0; step < _stepsInIndex; step++)
        {
            listed += Blocks(step);
        }

        ulong addresses = (listed + (ulong)(_steps - _stepsInIndex)) * (ulong)_file.SizeOfAddresses;
        Hdf5Block list = _file.Read(address + prefixSize + (_inIndex * _elementSize), addresses);
        for (int step = 0; step < _steps; step++)
        {
            bool isInIndex = step < _stepsInIndex;
            foreach ((ulong, Hdf5Block) element in isInIndex ? OfBlocks(list, step, next, null) : OfStep(list.Address(), step, next))
            {
                yield return element;
            }

            next += Blocks(step) * Length(step);
        }
    }

    /// <summary>The elements of a step that has a block of its own.</summary>
    private IEnumerable<(ulong Index, Hdf5Block Data)> OfStep(ulong? address, int step, ulong first)
    {
        if (address is null)
        {
            return [];
        }

        int prefixSize = 6 + _file.SizeOfAddresses + _sizeOfOffset;
        ulong bitmapSize = Length(step) > _pageLength ? Blocks(step) * ((Pages(step) + 7) / 8) : 0;
        _file.Read(address.Value, (ulong)prefixSize).Begins("EASB", 0);
        Hdf5Block block =
            _file.Read(address.Value + (ulong)prefixSize, checked(bitmapSize + (Blocks(step) * (ulong)_file.SizeOfAddresses)));
        ReadOnlyMemory<byte> bitmap = block.Bytes(bitmapSize);
        return OfBlocks(block, step, first, bitmap);
    }

    /// <summary>The elements of a step's blocks, whose addresses come next in a list.</summary>
    private IEnumerable<(ulong Index, Hdf5Block Data)> OfBlocks(Hdf5Block list, int step, ulong first, ReadOnlyMemory<byte>? bitmap)
    {
        ulong length = Length(step);
        for (ulong block = 0; block < Blocks(step); block++)
        {
            if (list.Address() is not { } address)
            {
                continue;
            }

            int prefixSize = 6 + _file.SizeOfAddresses + _sizeOfOffset;
            _file.Read(address, (ulong)prefixSize).Begins("EADB", 0);
            ulong start = address + (ulong)prefixSize, number = first + (block * length);
            IEnumerable<(ulong, Hdf5Block)> elements = length <= _pageLength || bitmap is not { } bits
                ? IndexPage.Elements(_file, start, _elementSize, number, length)
                : IndexPage.Written(_file, start, _elementSize, number, length, _pageLength, new PageBitmap(bits),
                    block * Pages(step));
            foreach ((ulong, Hdf5Block) element in elements)
            {
                yield return element;
            }
        }
    }

    /// <summary>The number of a step's blocks.</summary>
    private static ulong Blocks(int step) => 1UL << (step / 2);

    /// <summary>The number of elements in each of a step's blocks.</summary>
    private ulong Length(int step) => _shortest << ((step + 1) / 2);

    /// <summary>The number of pages in each of a step's blocks.</summary>
    private ulong Pages(int step) => (Length(step) + _pageLength - 1) / _pageLength;
}
