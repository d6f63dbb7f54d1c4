namespace DatasetTool.Images;

/// <summary>Finds the pictures of a folder.</summary>
internal static class ImageFiles
{
    /// <summary>The files in a folder, hidden ones left out, sorted as Python sorts strings.</summary>
    /// <exception cref="InvalidDataException">There is no such folder, or no file in it.</exception>
    internal static List<string> In(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidDataException($"{folder}: {(File.Exists(folder) ? "a file, not a folder" : "no such folder")}; give the folder that holds the pictures");
        }

        List<string> files = [.. Directory.EnumerateFiles(folder).Where(f => Path.GetFileName(f)[0] != '.').Order(CodePointOrder.Instance)];
        return files.Count > 0 ? files : throw new InvalidDataException($"{folder}: no input images found; give the folder that holds the pictures themselves");
    }
}
