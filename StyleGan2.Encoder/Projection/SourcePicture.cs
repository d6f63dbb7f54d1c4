namespace StyleGan2.Encoder.Projection;

/// <summary>A picture to project.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Name">The name of its file.</param>
/// <param name="Position">
/// Its place among the folder's pictures, from 0: its random numbers are those that follow the pictures before it.
/// </param>
internal sealed record SourcePicture(string Folder, string Name, int Position)
{
    /// <summary>Its file.</summary>
    internal string File => Path.Combine(Folder, Name);

    /// <summary>The name of its results: the file's without the extension.</summary>
    internal string ResultName => Path.GetFileNameWithoutExtension(Name);
}
