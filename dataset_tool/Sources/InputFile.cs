namespace DatasetTool.Sources;

/// <summary>Files that a command is given to read.</summary>
internal static class InputFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static FileStream Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException(
                $"{path}: {(Directory.Exists(path) ? "a folder, not a file" : "no such file")}; give the place where it is");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: cannot be read ({error.Message}); change its permissions", error);
        }
    }
}
