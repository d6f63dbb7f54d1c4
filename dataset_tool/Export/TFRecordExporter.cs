using Imaging;
using NumSharp;
using TensorGraph.Data.Elements;
using TensorGraph.Numpy;
using TensorGraph.Records;

namespace DatasetTool.Export;

/// <summary>
/// Writes a dataset of multi-resolution TFRecords (<c>dataset_tool.TFRecordExporter</c>): a file for each level of detail,
/// <c>NAME-rNN.tfrecords</c>, and the labels, <c>NAME-rxx.labels</c>, in a folder NAME. The files appear when <see cref="Close()"/> is
/// called, all at once; disposing without it leaves nothing.
/// </summary>
public sealed class TFRecordExporter : IDisposable
{
    private const int ShuffleSeed = 123;

    private readonly DatasetFolder _folder;
    private readonly string _tfrecordDir;
    private readonly int _expectedImages;
    private readonly ExporterOptions _options;
    private readonly List<LevelWriter> _files = [];
    private readonly List<string> _leftOut = [];
    private (string Name, ImageShape Shape)? _first;

    /// <summary>Begins a dataset.</summary>
    /// <param name="tfrecordDir">Its folder; the last part of the path is the dataset's name.</param>
    /// <param name="expectedImages">How many images are to come, for progress and the shuffled order.</param>
    /// <param name="options">Settings; the defaults if left out.</param>
    /// <exception cref="IOException">The folder cannot be written, or has a dataset that may not be replaced; one line that says what to
    /// do.</exception>
    public TFRecordExporter(string tfrecordDir, int expectedImages, ExporterOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(tfrecordDir);
        (_tfrecordDir, _expectedImages, _options) = (tfrecordDir, expectedImages, options ?? new ExporterOptions());
        _folder = new DatasetFolder(tfrecordDir, _options.Overwrite);
        _options.Progress?.Started(tfrecordDir, expectedImages);
    }

    /// <summary>How many images have been added.</summary>
    public int CurImages { get; private set; }

    /// <summary>Size and colour of the images, in words; null before the first one.</summary>
    internal string? ImageKind => _first is { } first ? BadPictures.Describe(first.Shape) : null;

    /// <summary>
    /// The order in which images and labels are added so that they are shuffled, the same at every run (<c>choose_shuffled_order</c>).
    /// </summary>
    public int[] ChooseShuffledOrder() => ShuffledOrder(_expectedImages);

    /// <summary>The shuffled order of so many images.</summary>
    internal static int[] ShuffledOrder(int images)
    {
        int[] order = [.. Enumerable.Range(0, images)];
        new RandomState(ShuffleSeed).Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>Adds a picture with all its levels of detail (<c>add_image</c>).</summary>
    /// <param name="picture">A square whose size is a power of two, of the same shape as those before.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <exception cref="InvalidDataException">The picture is not so; one line that says what to do.</exception>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public void AddImage(Picture picture, string name)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using PictureLevels levels =
            PictureLevels.Of(Picture.FromPixels(picture.Pixels, picture.Channels, picture.Height, picture.Width), name);
        Add(levels);
    }

    /// <summary>Adds pictures in their order, while later ones are decoded already.</summary>
    /// <param name="sources">The pictures; each is disposed when it is added.</param>
    /// <param name="cancellation">Ends the work between two pictures.</param>
    /// <returns>The places of the pictures added among the sources: all, but for those that <see cref="ExporterOptions.SkipBad"/> leaves
    /// out.</returns>
    /// <exception cref="InvalidDataException">Pictures are damaged, of another shape or not fit for a dataset. Where it is one, the message
    /// names it; where they are several, progress receives a line for each.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public IReadOnlyList<int> AddImages(IEnumerable<PictureSource> sources, CancellationToken cancellation = default)
    {
        BadPictures bad = new();
        List<int> added = [];
        IEnumerable<DecodedPicture> pictures =
            OrderedWork.Run(sources, s => DecodedPicture.Of(s.Name, s.Load), _options.Ahead, _options.Workers, cancellation);
        foreach ((int place, DecodedPicture picture) in pictures.Index())
        {
            using (picture)
            {
                if (bad.Fits(picture) && (_options.SkipBad == true || !bad.Any))
                {
                    Add(picture.Levels!);
                    added.Add(place);
                }
            }
        }

        if (bad.Any)
        {
            Report(bad, added.Count > 0);
        }

        return added;
    }

    /// <summary>Saves the labels of all images added, as float32 (<c>add_labels</c>).</summary>
    /// <param name="labels">One row for each image, in the order in which they were added.</param>
    /// <exception cref="InvalidDataException">There are more or fewer rows than images.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void AddLabels(NDArray labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.ndim == 0 || labels.shape[0] != CurImages)
        {
            string shape = string.Join(", ", labels.shape);
            throw new InvalidDataException(
                $"{_tfrecordDir}: {CurImages} images have labels of shape [{shape}]; give one row for each image");
        }

        _folder.WriteLabels(labels);
    }

    /// <summary>Adds a picture whose levels are there already.</summary>
    internal void Add(PictureLevels levels)
    {
        _options.Progress?.Adding(CurImages);
        CheckShape(levels);
        _folder.Write(() =>
        {
            for (int lod = 0; lod < levels.Count; lod++)
            {
                _files[lod].Write(levels.Pixels(lod));
            }
        });
        CurImages++;
    }

    /// <summary>Ends the dataset: its files appear in the folder.</summary>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public void Close() => Close(_ => { });

    /// <summary>Ends the dataset with one more file.</summary>
    /// <param name="writeLast">Writes it, when all others are written.</param>
    /// <exception cref="IOException">The files cannot be written.</exception>
    internal void Close(Action<DatasetFolder> writeLast)
    {
        _options.Progress?.Flushing(CurImages);
        _folder.Write(() => _files.ForEach(f => f.Flush()));
        CloseFiles();
        writeLast(_folder);
        _folder.Commit();
        _options.Progress?.Finished(CurImages);
        if (_leftOut.Count > 0)
        {
            _options.Progress?.Noted($"Left out {_leftOut.Count} pictures that cannot be taken:");
            _leftOut.ForEach(line => _options.Progress?.PassedOver(line));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseFiles();
        _folder.Dispose();
    }

    /// <summary>Keeps what is left out for the end of the run, or ends it.</summary>
    private void Report(BadPictures bad, bool hasGood)
    {
        if (_options.SkipBad == true && bad.IsFirstLikeMost && hasGood)
        {
            _leftOut.AddRange(bad.Describe());
            return;
        }

        IReadOnlyList<string> lines = bad.Describe();
        foreach (string line in lines.Count > 1 ? lines : [])
        {
            _options.Progress?.PassedOver(line);
        }

        throw bad.Error(_options.SkipBad == false ? "mend or remove them, or give --skip-bad to leave them out" : "mend or remove them");
    }

    /// <summary>The first picture decides on the shape of all, and on the files.</summary>
    private void CheckShape(PictureLevels levels)
    {
        if (_first is not { } first)
        {
            _first = (levels.Name, levels.Shape);
            int log2 = System.Numerics.BitOperations.Log2((uint)levels.Shape.Width);
            _folder.Write(() =>
            {
                for (int lod = 0; lod < levels.Count; lod++)
                {
                    _files.Add(
                        new LevelWriter(_folder.FileOf(DatasetFolder.LevelEnding(log2 - lod)), levels.ShapeOf(lod), _options.KeyOrder));
                }
            });
        }
        else if (levels.Shape != first.Shape)
        {
            throw new InvalidDataException(BadPictures.OtherShape(levels.Name, levels.Shape, first));
        }
    }

    private void CloseFiles()
    {
        _files.ForEach(f => f.Dispose());
        _files.Clear();
    }
}
