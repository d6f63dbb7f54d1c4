using Dnnlib.Pickle;
using Imaging;

namespace DatasetTool.Sources.Hdf5;

/// <summary>
/// The largest images of an HDF5 archive with a dataset <c>data...</c> for each level of detail, uint8 [images, channels, height, width].
/// </summary>
/// <remarks>
/// Only what is in the archive is read: no file that it names, and no images that it only declares. Its structures may lead back to
/// themselves; reading them ends all the same.
/// </remarks>
internal sealed class Hdf5Images : IDisposable
{
    private const int LongestShown = 300;

    private readonly string _path;
    private readonly Hdf5Bytes _file;
    private readonly ImageArray _images;
    private readonly IStoredImages _stored;

    /// <summary>Opens an archive.</summary>
    /// <exception cref="InvalidDataException">There is none, it is damaged, or it does not hold such images.</exception>
    internal Hdf5Images(string path)
    {
        _path = path;
        FileStream stream = InputFile.Open(path);
        try
        {
            Superblock superblock = Superblock.Read(stream, path);
            _file = new Hdf5Bytes(stream, superblock);
            _images = Reading(() => Largest(new Objects(_file, superblock.Root))) ?? throw new InvalidDataException(
                $"{path}: holds no images (datasets data..., uint8 [images, channels, height, width]); give another archive");
            _stored = Reading(() => StoredLayout.Open(_file, _images));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>How many images there are.</summary>
    internal int Count => (int)_images.Shape[0];

    /// <summary>Reads an image.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    internal Picture Read(int index)
    {
        byte[] pixels = new byte[_images.ImageSize];
        Reading(() =>
        {
            _stored.Read(index, pixels);
            return pixels;
        });
        return Picture.FromPixels(pixels, (int)_images.Shape[1], (int)_images.Shape[2], (int)_images.Shape[3]);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static ImageArray? Largest(Objects objects) =>
        objects.Names
            .Where(n => n.StartsWith("data", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => objects.Find(n) is { } header ? ImageArray.Of(n, header) : null)
            .OfType<ImageArray>()
            .MaxBy(d => d.Shape[^1]);

    /// <summary>An error on one line, as names in it are the file's.</summary>
    private static string Shown(Exception error) => PlainValues.OnOneLine(error.Message, LongestShown);

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException error)
        {
            throw new InvalidDataException($"{_path}: the HDF5 file is damaged: {Shown(error)}; get a whole copy of it", error);
        }
        catch (OutOfMemoryException error)
        {
            throw new InsufficientMemoryException($"{_path}: its chunks or images are too large; save it again with smaller chunks", error);
        }
        catch (NotSupportedException error)
        {
            throw new InvalidDataException($"{_path}: {Shown(error)}", error);
        }
    }
}
