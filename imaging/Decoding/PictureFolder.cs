using System.Collections.Frozen;

namespace Imaging.Decoding;

/// <summary>Knows the files that lie in picture folders and are no pictures.</summary>
internal static class PictureFolder
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_companions = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "dataset.json", "classes.json", "run.json")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// Whether a file belongs to the folder and not to its pictures: Windows' thumbnails and settings, the labels of
    /// stylegan2-ada-pytorch, the names of classes, the record of a run that made the pictures.
    /// </summary>
    /// <param name="fileName">The file's name, without its folder.</param>
    internal static bool IsCompanion(ReadOnlySpan<char> fileName) => s_companions.Contains(fileName);
}
