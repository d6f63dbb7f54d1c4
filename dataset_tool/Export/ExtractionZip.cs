using System.IO.Compression;

namespace DatasetTool.Export;

/// <summary>
/// Pictures extracted to a .zip file as stylegan2-ada-pytorch's and StyleGAN3's dataset_tool make it: <c>00000/img00000000.png</c> and so
/// on, not compressed once more.
/// </summary>
internal sealed class ExtractionZip : IExtraction
{
    private const int IndexesOfAFolder = 1000;

    private readonly string _path;
    private readonly string _temporary;
    private readonly ZipArchive _zip;

    /// <summary>Begins the file.</summary>
    /// <exception cref="IOException">It exists and is not to be replaced, or cannot be created.</exception>
    internal ExtractionZip(string path, bool overwrite)
    {
        if (Path.Exists(path) && !(overwrite && File.Exists(path)))
        {
            throw new IOException($"{path}: it exists already; choose another file, or give --overwrite to replace it");
        }

        (_path, _temporary) = (path, path + ".part");
        try
        {
            _zip = new ZipArchive(File.Create(_temporary), ZipArchiveMode.Create);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: cannot be written ({error.Message}); choose another file", error);
        }
    }

    /// <inheritdoc/>
    public string NameOf(int index) => $"{index / IndexesOfAFolder:D5}/img{index:D8}.png";

    /// <inheritdoc/>
    public void Write(string name, Action<Stream> write)
    {
        using Stream entry = _zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        write(entry);
    }

    /// <inheritdoc/>
    public void Commit()
    {
        _zip.Dispose();
        File.Move(_temporary, _path, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _zip.Dispose();
        File.Delete(_temporary);
    }
}
