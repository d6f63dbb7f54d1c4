namespace StyleGan2.Encoder.Results;

/// <summary>
/// A folder that results go to. Made if it does not exist; disposing removes it again if it was made and nothing was written.
/// </summary>
internal sealed class ResultFolder : IDisposable
{
    private const string What = "results";

    private readonly string[] _made;

    /// <summary>Makes the folder and makes sure that it can be written, before hours of work are spent.</summary>
    /// <param name="location">The folder.</param>
    /// <param name="source">A folder that must not be the same, under whatever name; null for none.</param>
    /// <exception cref="IOException">It cannot be made or written, or it is the source.</exception>
    internal ResultFolder(string location, string? source = null)
    {
        Location = location;
        _made = [.. Ancestors(Path.GetFullPath(location)).TakeWhile(f => !Path.Exists(f))];
        UnwritableFolderException.Guard(location, What, () => Directory.CreateDirectory(location));
        string probe = $".stylegan2-{Guid.NewGuid():N}.part";
        bool isSource = false;
        UnwritableFolderException.Guard(location, What, () =>
        {
            // A file that appears in both folders tells that they are one, through links, mounts and any spelling of their names.
            File.WriteAllBytes(Path.Combine(location, probe), []);
            isSource = source is not null && File.Exists(Path.Combine(source, probe));
            File.Delete(Path.Combine(location, probe));
        });
        if (isSource)
        {
            throw new IOException(
                $"{location}: this is the folder of the pictures, whose files the results would replace; "
                    + "give another folder for the results");
        }
    }

    /// <summary>The folder.</summary>
    internal string Location { get; }

    public void Dispose()
    {
        foreach (string folder in _made.TakeWhile(f => Directory.Exists(f) && !Directory.EnumerateFileSystemEntries(f).Any()))
        {
            Directory.Delete(folder);
        }
    }

    /// <summary>A folder and those around it, from the inside out.</summary>
    private static IEnumerable<string> Ancestors(string folder)
    {
        for (string? next = Path.TrimEndingDirectorySeparator(folder); next is not null; next = Path.GetDirectoryName(next))
        {
            yield return next;
        }
    }
}
