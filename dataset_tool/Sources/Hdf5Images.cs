using Imaging;
using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace DatasetTool.Sources;

/// <summary>
/// The largest images of an HDF5 archive with a dataset <c>data...</c> for each level of detail, uint8 [images, channels, height, width].
/// </summary>
internal sealed class Hdf5Images : IDisposable
{
    private const int Rank = 4;

    /// <summary>What deflate makes of the most regular data.</summary>
    private const int LargestCompression = 1100;

    private readonly string _path;
    private readonly NativeFile _file;
    private readonly IH5Dataset _images;
    private readonly ulong[] _shape;

    /// <summary>Opens an archive.</summary>
    /// <exception cref="InvalidDataException">There is none, it is damaged, or it does not hold such images.</exception>
    internal Hdf5Images(string path)
    {
        _path = path;
        FileStream stream = InputFile.Open(path);
        try
        {
            Hdf5Signature.Check(stream, path);
            stream.Position = 0;
            _file = Reading(() => H5File.Open(stream));
            _images = Reading(LargestImages) ?? throw new InvalidDataException(
                $"{path}: holds no images (datasets data..., uint8 [images, channels, height, width]); give another archive");
            _shape = _images.Space.Dimensions;
            CheckSize(stream.Length);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>How many images there are.</summary>
    internal int Count => checked((int)_shape[0]);

    /// <summary>Reads an image.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    internal Picture Read(int index)
    {
        ulong[] start = [(ulong)index, 0, 0, 0], block = [1, .. _shape[1..]];
        byte[] pixels = Reading(() => _images.Read<byte[]>(new HyperslabSelection(Rank, start, block)));
        return Picture.FromPixels(pixels, (int)_shape[1], (int)_shape[2], (int)_shape[3]);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Checks that there can be as many images as it says, before memory is set aside for them.</summary>
    private void CheckSize(long length)
    {
        UInt128 size = _shape.Aggregate((UInt128)1, (product, d) => product * d);
        if (size > (UInt128)length * LargestCompression)
        {
            throw new InvalidDataException(
                $"{_path}: the HDF5 file is damaged: its {length} bytes cannot hold images of shape [{string.Join(", ", _shape)}]; "
                + "get a whole copy of it");
        }
    }

    private IH5Dataset? LargestImages() =>
        _file.Children()
            .OfType<IH5Dataset>()
            .Where(d => d.Name.StartsWith("data", StringComparison.Ordinal) && HoldsImages(d))
            .OrderBy(d => d.Name, StringComparer.Ordinal)
            .MaxBy(d => d.Space.Dimensions[Rank - 1]);

    private static bool HoldsImages(IH5Dataset dataset) =>
        dataset.Type is { Class: H5DataTypeClass.FixedPoint, Size: 1, FixedPoint.IsSigned: false }
        && dataset.Space.Dimensions is [<= int.MaxValue, 1 or 3, > 0 and <= ushort.MaxValue, > 0 and <= ushort.MaxValue];

    /// <summary>The library fails with exceptions of every kind where a file is damaged.</summary>
    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new InvalidDataException(
                $"{_path}: the HDF5 file is damaged or of a kind that cannot be read ({error.Message}); save it again with h5py", error);
        }
    }
}
