namespace DatasetTool.Sources.Hdf5;

/// <summary>Pages of the elements of an index.</summary>
internal static class IndexPage
{
    private const int ChecksumSize = 4;

    /// <summary>Elements that lie one after the other.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Address of the first.</param>
    /// <param name="size">Bytes of an element.</param>
    /// <param name="first">Number of the first.</param>
    /// <param name="count">How many there are.</param>
    internal static IEnumerable<(ulong Index, Hdf5Block Data)> Elements(Hdf5Bytes file, ulong start, ulong size, ulong first, ulong count)
    {
        Hdf5Block elements = file.Read(start, count * size);
        for (ulong i = 0; i < count; i++)
        {
            yield return (first + i, elements.Part(size));
        }
    }

    /// <summary>Elements in pages, of those pages that were written.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Address of the check sum before the first page.</param>
    /// <param name="size">Bytes of an element.</param>
    /// <param name="first">Number of the first element.</param>
    /// <param name="count">Elements of all pages.</param>
    /// <param name="pageLength">Elements of a page.</param>
    /// <param name="written">Which pages were written.</param>
    /// <param name="firstPage">The first page's place among those bits.</param>
    internal static IEnumerable<(ulong Index, Hdf5Block Data)> Written(
        Hdf5Bytes file, ulong start, ulong size, ulong first, ulong count, ulong pageLength, PageBitmap written, ulong firstPage)
    {
        ulong pageSize = (pageLength * size) + ChecksumSize;
        for (ulong page = 0; page * pageLength < count; page++)
        {
            if (written[firstPage + page])
            {
                ulong done = page * pageLength, inPage = Math.Min(pageLength, count - done);
                foreach ((ulong, Hdf5Block) element in Elements(file, start + ChecksumSize + (page * pageSize), size, first + done, inPage))
                {
                    yield return element;
                }
            }
        }
    }
}
