using System.IO.Compression;
using Imaging;
using Imaging.Decoding;

namespace DatasetTool.Sources;

/// <summary>The pictures in a .zip file, as stylegan2-ada-pytorch's and StyleGAN3's dataset_tool make them, and all others.</summary>
internal sealed class ZipPictures : IPictureCollection
{
    /// <summary>The most bytes that one of deflate's becomes.</summary>
    private const int MostCompression = 1032;

    private const int SmallestCheckedSize = 1 << 16;

    private readonly string _path;
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;

    /// <summary>Opens the file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or has no pictures.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal ZipPictures(string path)
    {
        _path = path;
        FileStream file = InputFile.Open(path);
        try
        {
            _zip = new ZipArchive(file, ZipArchiveMode.Read);
            _entries = _zip.Entries.DistinctBy(e => e.FullName).ToDictionary(e => e.FullName);
        }
        catch (InvalidDataException error)
        {
            file.Dispose();
            throw Damaged(error.Message, error);
        }

        Names = [.. _entries.Keys.Where(IsPicture).Order(CodePointOrder.Instance)];
        if (Names.Count == 0)
        {
            _zip.Dispose();
            throw new InvalidDataException($"{path}: no input images found in the zip file; give one that holds pictures");
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether a file is a zip file, by its first bytes.</summary>
    internal static bool IsZip(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using FileStream file = InputFile.Open(path);
        Span<byte> start = stackalloc byte[4];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && (start.SequenceEqual("PK\x3\x4"u8) || start.SequenceEqual("PK\x5\x6"u8));
    }

    /// <inheritdoc/>
    public string Describe(string name) => $"{_path}: {name}";

    /// <inheritdoc/>
    public Picture Decode(string name, DecodingOptions options) => ImageDecoder.Decode(Read(name), Describe(name), options);

    /// <inheritdoc/>
    public Stream? OpenCompanion(string name) => _entries.ContainsKey(name) ? new MemoryStream(Read(name), writable: false) : null;

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    /// <summary>Hidden files, Mac OS's notes and files that lie beside pictures are left out.</summary>
    private static bool IsPicture(string name) =>
        !name.EndsWith('/') && !name.Split('/').Any(part => part.StartsWith('.') || part == "__MACOSX")
            && !PictureFolder.IsCompanion(Path.GetFileName(name));

    private byte[] Read(string name)
    {
        ZipArchiveEntry entry = _entries[name];
        if (entry.Length > Array.MaxLength || entry.Length > SmallestCheckedSize + (entry.CompressedLength * MostCompression))
        {
            throw Damaged($"{name} claims to have {entry.Length} bytes");
        }

        lock (_zip)
        {
            try
            {
                byte[] data = new byte[entry.Length];
                using Stream stream = entry.Open();
                stream.ReadExactly(data);
                return data;
            }
            catch (Exception error) when (error is InvalidDataException or EndOfStreamException or NotSupportedException)
            {
                throw Damaged($"{name} cannot be unpacked", error);
            }
        }
    }

    private InvalidDataException Damaged(string what, Exception? cause = null) =>
        new($"{_path}: the zip file is damaged: {what}; get a whole copy of it", cause);
}
