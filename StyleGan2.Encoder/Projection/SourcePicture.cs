namespace StyleGan2.Encoder.Projection;

/// <summary>A picture to project.</summary>
/// <param name="File">Its file.</param>
/// <param name="Position">
/// Its place among the folder's pictures, from 0: its random numbers are those that follow the pictures before it.
/// </param>
internal sealed record SourcePicture(string File, int Position)
{
    /// <summary>The file's name.</summary>
    internal string Name => Path.GetFileName(File);

    /// <summary>The name of its results: the file's without the extension.</summary>
    internal string ResultName => Path.GetFileNameWithoutExtension(File);
}
