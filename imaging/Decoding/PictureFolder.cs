namespace Imaging.Decoding;

/// <summary>Knows the files that lie in picture folders and are no pictures.</summary>
internal static class PictureFolder
{
    private static readonly string[] s_companions =
        ["Thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "dataset.json", "classes.json", "run.json"];

    /// <summary>
    /// Whether a file belongs to the folder and not to its pictures: Windows' thumbnails and settings, the labels of
    /// stylegan2-ada-pytorch, the names of classes, the record of a run that made the pictures.
    /// </summary>
    /// <param name="fileName">The file's name, without its folder.</param>
    internal static bool IsCompanion(ReadOnlySpan<char> fileName)
    {
        foreach (string companion in s_companions)
        {
            if (fileName.Equals(companion, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
