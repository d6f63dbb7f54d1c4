using System.Text.RegularExpressions;

namespace DatasetTool.Export;

/// <summary>Pictures extracted to a folder: <c>img00000000.png</c> and so on, as the reference names them.</summary>
/// <param name="outputDir">The folder.</param>
/// <param name="overwrite">Whether pictures that were extracted there before are replaced.</param>
internal sealed partial class ExtractionFolder(string outputDir, bool overwrite) : IExtraction
{
    private readonly StagedFolder _folder = new(outputDir, IsExtracted, overwrite);

    /// <inheritdoc/>
    public string NameOf(int index) => $"img{index:D8}.png";

    /// <inheritdoc/>
    public void Write(string name, Action<Stream> write)
    {
        using FileStream file = File.Create(Path.Combine(_folder.Folder, name));
        write(file);
    }

    /// <inheritdoc/>
    public void Commit() => _folder.Commit();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static bool IsExtracted(string file) =>
        file is ExtractedLabels.FileName or DatasetFolder.ClassesName || ImageName().IsMatch(file);

    [GeneratedRegex(@"^img\d{8,}\.png$")]
    private static partial Regex ImageName();
}
