using Imaging;
using NumSharp;
using TensorGraph.Numpy;
using TensorGraph.Records;
using Training.Datasets;

namespace DatasetTool.Sources;

/// <summary>Reads the largest images of a dataset one after the other, in the order of its files. Smaller levels may be missing.</summary>
internal sealed class DatasetReading : IDisposable
{
    private readonly LevelRecords _records;
    private readonly string? _labelFile;
    private readonly NDArray? _labels;
    private ImageShape? _shape;
    private int _next;

    /// <summary>Opens a dataset and says so.</summary>
    /// <param name="tfrecordDir">Its folder.</param>
    /// <param name="maxLabelSize">How many components of the labels are read.</param>
    /// <exception cref="InvalidDataException">There is no dataset, or its labels are no array of numbers.</exception>
    /// <exception cref="IOException">There is no such folder, or a file cannot be read.</exception>
    internal DatasetReading(string tfrecordDir, int maxLabelSize)
    {
        Console.WriteLine($"Loading dataset \"{tfrecordDir}\"");
        TFRecordFolder folder = TFRecordFolder.Open(tfrecordDir);
        if (maxLabelSize > 0 && folder.LabelFiles.Count > 0)
        {
            _labelFile = folder.LabelFiles[0];
            NDArray labels = TFRecordFolder.ReadLabels(_labelFile);
            _labels = labels[new Slice(0, labels.shape[0]), new Slice(0, Math.Min(maxLabelSize, labels.shape[1]))].Contiguous();
        }

        _records = new LevelRecords(folder.Levels[0]);
    }

    /// <summary>The height of the images.</summary>
    internal int Resolution => _records.Level.Size;

    /// <summary>The next image [1, C, H, W] and its label [1, components]; null at the end.</summary>
    /// <exception cref="InvalidDataException">There is no label for it.</exception>
    /// <exception cref="RecordException">The record is damaged, or is no image of the first one's shape.</exception>
    internal (NDArray Image, NDArray Label)? Next() => _records.Read() ? (ReadImage(), ReadLabel(_next++)) : null;

    /// <inheritdoc/>
    public void Dispose() => _records.Dispose();

    private NDArray ReadImage()
    {
        ImageExample image = ImageExample.ParseAny(_records.Record, _records.Location);
        if (image.IsEncoded)
        {
            using Picture picture = RecordPicture.Decode(image, _records.Location);
            return picture.Pixels.ToNDArray(1, picture.Channels, picture.Height, picture.Width);
        }

        image.RequireShape(_shape ??= image.Shape, _records.Location);
        return image.Data.ToNDArray(1, image.Shape.Channels, image.Shape.Height, image.Shape.Width);
    }

    private NDArray ReadLabel(int index)
    {
        if (_labels is null)
        {
            return np.zeros(new Shape(1, 0), typeof(float));
        }

        return index < _labels.shape[0]
            ? _labels[new Slice(index, index + 1)].Contiguous()
            : throw new InvalidDataException($"{_labelFile}: there are labels for {index} images, but more images; make the dataset again");
    }
}
