using System.IO.Enumeration;
using Imaging.Decoding;

namespace DatasetTool.Sources;

/// <summary>Finds the pictures of a folder.</summary>
internal static class ImageFiles
{
    /// <summary>The files in a folder, hidden ones and companions of pictures left out, sorted as Python sorts strings.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="recursive">Whether those in its folders are taken too, hidden folders and links to folders left out.</param>
    /// <param name="except">A file that is not a picture though it may be in the folder; null for none.</param>
    /// <exception cref="InvalidDataException">There is no such folder, or no file in it.</exception>
    internal static List<string> In(string folder, bool recursive = false, string? except = null)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidDataException(
                $"{folder}: {(File.Exists(folder) ? "a file, not a folder" : "no such folder")}; give the folder that holds the pictures");
        }

        string? notAPicture = except is null ? null : Path.GetFullPath(except);
        List<string> files = [.. Visible(folder, recursive).Where(f => Path.GetFullPath(f) != notAPicture)];
        string advice = recursive || !FoldersIn(folder).Any() ? "" : ", or --recursive";
        return files.Count > 0
            ? files
            : throw new InvalidDataException(
                $"{folder}: no input images found; give the folder that holds the pictures themselves{advice}");
    }

    /// <summary>The folders in a folder, hidden ones left out, sorted in the same way.</summary>
    internal static IEnumerable<string> FoldersIn(string folder) =>
        Directory.EnumerateDirectories(folder).Where(f => Path.GetFileName(f)[0] != '.').Order(CodePointOrder.Instance);

    /// <summary>The files in a folder that exists, in the same order.</summary>
    internal static IEnumerable<string> Visible(string folder, bool recursive = false)
    {
        EnumerationOptions options = new() { RecurseSubdirectories = recursive, AttributesToSkip = 0, IgnoreInaccessible = false };
        return new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(), options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                !entry.IsDirectory && entry.FileName[0] != '.' && !PictureFolder.IsCompanion(entry.FileName),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => entry.FileName[0] != '.'
                && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        }.Order(CodePointOrder.Instance);
    }
}
