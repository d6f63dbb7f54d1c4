namespace DatasetTool.Sources.Hdf5;

/// <summary>B-trees of the first version, which index groups and chunks.</summary>
internal static class BTree1
{
    private const int Deepest = 16;

    /// <summary>The entries of a tree's leaves, in order.</summary>
    /// <param name="file">The file.</param>
    /// <param name="address">The root's address.</param>
    /// <param name="nodeType">0 in groups, 1 for chunks.</param>
    /// <param name="keySize">Bytes of a key.</param>
    /// <exception cref="FormatException">The tree is damaged.</exception>
    internal static IEnumerable<(Hdf5Block Key, ulong Child)> Leaves(Hdf5Bytes file, ulong address, int nodeType, int keySize) =>
        Leaves(file, address, nodeType, keySize, level: null);

    private static IEnumerable<(Hdf5Block Key, ulong Child)> Leaves(
        Hdf5Bytes file, ulong address, int nodeType, int keySize, int? level)
    {
        ulong headSize = (ulong)(8 + (2 * file.SizeOfAddresses));
        Hdf5Block head = file.Read(address, headSize).Begins("TREE", nodeType);
        int found = head.Byte(), count = head.UInt16();
        if (found != (level ?? found) || found > Deepest)
        {
            throw new FormatException("a tree leads back to itself or is too deep");
        }

        Hdf5Block entries = file.Read(address + headSize, (ulong)(count * (keySize + file.SizeOfAddresses)));
        for (int i = 0; i < count; i++)
        {
            Hdf5Block key = entries.Part((ulong)keySize);
            ulong child = entries.Address() ?? throw new FormatException("a tree has a branch without an address");
            if (found == 0)
            {
                yield return (key, child);
                continue;
            }

            foreach ((Hdf5Block Key, ulong Child) entry in Leaves(file, child, nodeType, keySize, found - 1))
            {
                yield return entry;
            }
        }
    }
}
