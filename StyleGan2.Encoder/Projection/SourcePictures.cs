using Imaging.Decoding;

namespace StyleGan2.Encoder.Projection;

/// <summary>The pictures of a folder.</summary>
internal static class SourcePictures
{
    /// <summary>The folder's files, sorted by name; names that begin with a dot or an underscore are passed over.</summary>
    /// <exception cref="IOException">The folder does not exist or has no such files.</exception>
    internal static IReadOnlyList<SourcePicture> In(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: there is no such folder; give the folder of the pictures to project");
        }

        SourcePicture[] pictures =
        [
            .. Directory.GetFiles(folder).Where(f => IsPicture(Path.GetFileName(f))).OrderBy(Path.GetFileName, StringComparer.Ordinal)
                .Select((file, position) => new SourcePicture(file, position)),
        ];
        return pictures.Length > 0
            ? pictures
            : throw new IOException($"{folder}: the folder has no pictures; files whose names begin with . or _ are passed over");
    }

    /// <summary>Pictures of the same name but for the extension: their results would replace one another.</summary>
    internal static IEnumerable<(SourcePicture Picture, SourcePicture First)> WithTakenNames(IEnumerable<SourcePicture> pictures) =>
        pictures.GroupBy(p => p.ResultName, StringComparer.Ordinal).SelectMany(g => g.Skip(1).Select(p => (p, g.First())));

    private static bool IsPicture(string name) => name[0] is not ('.' or '_') && !PictureFolder.IsCompanion(name);
}
