namespace DatasetTool.Sources.Hdf5;

/// <summary>An index of chunks of a dataset that cannot grow: an array, in pages where it is long.</summary>
internal static class FixedArray
{
    /// <summary>The elements that were ever written, with their numbers.</summary>
    /// <exception cref="FormatException">The array is damaged.</exception>
    internal static IEnumerable<(ulong Index, Hdf5Block Data)> Elements(Hdf5Bytes file, ulong address)
    {
        Hdf5Block head = file.Read(address, (ulong)(8 + file.SizeOfLengths + file.SizeOfAddresses)).Begins("FAHD", 0);
        head.Skip(1);
        ulong size = head.Byte();
        int pageBits = head.Byte();
        ulong count = head.Length();
        if (size == 0 || pageBits > 32 || count > (ulong)file.Length || head.Address() is not { } block)
        {
            throw new FormatException("an index of chunks has no room for them");
        }

        int prefixSize = 6 + file.SizeOfAddresses;
        file.Read(block, (ulong)prefixSize).Begins("FADB", 0);
        ulong pageLength = 1UL << pageBits, start = block + (ulong)prefixSize;
        if (count <= pageLength)
        {
            return IndexPage.Elements(file, start, size, 0, count);
        }

        ulong pages = (count + pageLength - 1) / pageLength, bitmapSize = (pages + 7) / 8;
        PageBitmap written = new(file.Read(start, bitmapSize).Bytes(bitmapSize));
        return IndexPage.Written(file, start + bitmapSize, size, 0, count, pageLength, written, firstPage: 0);
    }
}
