using DatasetTool.Sources;

namespace StyleGan2.Encoder.Projection;

/// <summary>The pictures of a folder.</summary>
internal static class SourcePictures
{
    /// <summary>Compares pictures by the names of their results, without making strings of these.</summary>
    private static readonly EqualityComparer<SourcePicture> s_byResults = EqualityComparer<SourcePicture>.Create(
        (a, b) => ResultsOf(a).SequenceEqual(ResultsOf(b)), p => string.GetHashCode(ResultsOf(p)));

    /// <summary>The folder's files, sorted as Python sorts strings; names that begin with a dot or an underscore are passed over.</summary>
    /// <exception cref="IOException">The folder does not exist or has no such files.</exception>
    internal static IReadOnlyList<SourcePicture> In(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: there is no such folder; give the folder of the pictures to project");
        }

        SourcePicture[] pictures =
        [
            .. ImageFiles.Visible(folder).Where(n => n[0] != '_').Select((name, position) => new SourcePicture(folder, name, position)),
        ];
        return pictures.Length > 0
            ? pictures
            : throw new IOException($"{folder}: the folder has no pictures; files whose names begin with . or _ are passed over");
    }

    /// <summary>A line about the folder's own folders, whose pictures are not projected; null where there are none.</summary>
    internal static string? NoteOnFolders(string folder)
    {
        string[] folders = [.. Directory.GetDirectories(folder).Select(f => Path.GetFileName(f)).Where(f => f[0] is not ('.' or '_'))];
        return folders switch
        {
            [] => null,
            [string only] => $"{folder}: 1 folder in it is passed over: {only}; project it by itself",
            _ => $"{folder}: {folders.Length} folders in it are passed over, such as {folders.Min(StringComparer.Ordinal)}; "
                + "project each by itself",
        };
    }

    /// <summary>Pictures of the same name but for the extension: their results would replace one another.</summary>
    internal static IEnumerable<(SourcePicture Picture, SourcePicture First)> WithTakenNames(IReadOnlyCollection<SourcePicture> pictures)
    {
        HashSet<SourcePicture> firsts = new(pictures.Count, s_byResults);
        foreach (SourcePicture picture in pictures)
        {
            if (!firsts.Add(picture) && firsts.TryGetValue(picture, out SourcePicture? first))
            {
                yield return (picture, first);
            }
        }
    }

    private static ReadOnlySpan<char> ResultsOf(SourcePicture? picture) =>
        picture is null ? [] : Path.GetFileNameWithoutExtension(picture.Name.AsSpan());
}
