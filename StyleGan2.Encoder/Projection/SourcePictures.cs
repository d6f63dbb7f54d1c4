namespace StyleGan2.Encoder.Projection;

/// <summary>The pictures of a folder and the names of their results.</summary>
internal static class SourcePictures
{
    /// <summary>Paths of the folder's files, sorted by name; names that begin with a dot or an underscore are passed over.</summary>
    /// <exception cref="IOException">The folder does not exist or has no such files.</exception>
    internal static IReadOnlyList<string> In(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: there is no such folder; give the folder of the pictures to project");
        }

        string[] files = [.. Directory.GetFiles(folder).Where(f => Path.GetFileName(f)[0] is not ('.' or '_')).OrderBy(f => Path.GetFileName(f), StringComparer.Ordinal)];
        return files.Length > 0
            ? files
            : throw new IOException($"{folder}: the folder has no pictures; files whose names begin with . or _ are passed over");
    }

    /// <summary>Pictures of the same name but for the extension: their results would replace one another.</summary>
    internal static IEnumerable<(string Picture, string First)> WithTakenNames(IEnumerable<string> pictures) =>
        pictures.GroupBy(ResultName, StringComparer.Ordinal).SelectMany(g => g.Skip(1).Select(p => (p, g.First())));

    /// <summary>The results' name: the picture's without its extension.</summary>
    internal static string ResultName(string picture) => Path.GetFileNameWithoutExtension(picture);
}
