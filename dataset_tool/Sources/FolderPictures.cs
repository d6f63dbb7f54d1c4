using Imaging;
using Imaging.Decoding;

namespace DatasetTool.Sources;

/// <summary>The pictures in a folder.</summary>
/// <param name="folder">The folder.</param>
/// <param name="recursive">Whether those in its folders are taken too.</param>
/// <param name="except">A file that is not a picture though it may be in the folder; null for none.</param>
internal sealed class FolderPictures(string folder, bool recursive, string? except) : IPictureCollection
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; } = ImageFiles.NamesIn(folder, recursive, except);

    /// <inheritdoc/>
    public string Describe(string name) => Path.Combine(folder, name);

    /// <inheritdoc/>
    public Picture Decode(string name, DecodingOptions options) => ImageDecoder.Decode(Describe(name), options);

    /// <inheritdoc/>
    public Stream? OpenCompanion(string name) => File.Exists(Describe(name)) ? InputFile.Open(Describe(name)) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
