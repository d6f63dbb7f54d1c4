using System.IO.Enumeration;
using Imaging.Decoding;

namespace DatasetTool.Sources;

/// <summary>Finds the pictures of a folder.</summary>
internal static class ImageFiles
{
    /// <summary>
    /// The names of a folder's files, hidden ones and companions of pictures left out, sorted as Python sorts strings: paths within the
    /// folder.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="recursive">Whether those in its folders are taken too, hidden folders and links to folders left out.</param>
    /// <param name="except">A file that is not a picture though it may be in the folder; null for none.</param>
    /// <exception cref="InvalidDataException">There is no such folder, or no file in it.</exception>
    internal static List<string> NamesIn(string folder, bool recursive = false, string? except = null)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidDataException(
                $"{folder}: {(File.Exists(folder) ? "a file, not a folder" : "no such folder")}; give the folder that holds the pictures");
        }

        List<string> names = Visible(folder, recursive);
        if (except is not null)
        {
            names.Remove(Path.GetRelativePath(folder, except));
        }

        return names.Count > 0
            ? names
            : throw new InvalidDataException(
                $"{folder}: no input images found; give the folder that holds the pictures themselves"
                + (recursive || !FoldersIn(folder).Any() ? "" : ", or --recursive"));
    }

    /// <summary>The folders in a folder, hidden ones left out, sorted in the same way.</summary>
    internal static IEnumerable<string> FoldersIn(string folder) =>
        Directory.EnumerateDirectories(folder).Where(f => Path.GetFileName(f)[0] != '.').Order(CodePointOrder.Instance);

    /// <summary>The names of the files in a folder that exists, in the same order.</summary>
    internal static List<string> Visible(string folder, bool recursive = false)
    {
        // The system tells which entries are folders; none is looked at by itself.
        EnumerationOptions options = new() { RecurseSubdirectories = recursive, AttributesToSkip = 0, IgnoreInaccessible = false };
        List<string> names =
        [
            .. new FileSystemEnumerable<string>(folder, PathWithin, options)
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                    !entry.IsDirectory && entry.FileName[0] != '.' && !PictureFolder.IsCompanion(entry.FileName),
                ShouldRecursePredicate = (ref FileSystemEntry entry) => entry.FileName[0] != '.'
                    && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            },
        ];
        names.Sort(CodePointOrder.Instance);
        return names;
    }

    private static string PathWithin(ref FileSystemEntry entry) =>
        Path.Join(entry.Directory[entry.RootDirectory.Length..].TrimStart(Path.DirectorySeparatorChar), entry.FileName);
}
