using System.Runtime.InteropServices;

namespace DatasetTool.Sources.Hdf5;

/// <summary>Finds the objects that the names in a file's root group stand for.</summary>
/// <param name="file">The file.</param>
/// <param name="root">Address of the root group.</param>
internal sealed class Objects(Hdf5Bytes file, ulong root)
{
    private const int MostLinks = 16;

    private readonly Dictionary<ulong, IReadOnlyList<Link>> _groups = [];

    /// <summary>The names in the root group.</summary>
    internal IEnumerable<string> Names => Links(root).Select(l => l.Name);

    /// <summary>The header of an object in the root group; null where its link leads to nothing.</summary>
    /// <exception cref="FormatException">The object, or a group on the way, is damaged.</exception>
    /// <exception cref="NotSupportedException">A link leads back to itself or to another file.</exception>
    internal ObjectHeader? Find(string name) => Follow(name, []) is { } address ? new ObjectHeader(file, address) : null;

    /// <summary>Follows a path from the root group, and the links that it meets.</summary>
    /// <param name="path">The path; names between slashes.</param>
    /// <param name="followed">The links that led here.</param>
    private ulong? Follow(string path, HashSet<string> followed)
    {
        if (!followed.Add(path) || followed.Count > MostLinks)
        {
            throw new NotSupportedException(
                $"link {followed.First()} leads back to itself, or over more than {MostLinks} others; link to the images themselves");
        }

        ulong address = root;
        List<string> above = [];
        foreach (string segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(s => s != "."))
        {
            Link? link = Links(address).FirstOrDefault(l => l.Name == segment);
            if (link?.OtherFile is { } other)
            {
                throw new NotSupportedException($"{segment} is a link to another file, {other}; copy what it holds into the archive");
            }

            string from = string.Join('/', above);
            ulong? next = link?.Path is { } target ? Follow(target.StartsWith('/') ? target : $"{from}/{target}", followed) : link?.Address;
            if (next is null)
            {
                return null;
            }

            address = next.Value;
            above.Add(segment);
        }

        return address;
    }

    private IReadOnlyList<Link> Links(ulong group) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_groups, group, out _) ??= [.. Group.Links(file, new ObjectHeader(file, group))];
}
