using System.Numerics;
using NumSharp;
using TensorGraph.Numpy;
using TensorGraph.Records;

namespace Training.Datasets;

/// <summary>What is in a folder of TFRecord files: a file for each level of detail, and labels.</summary>
internal sealed class TFRecordFolder
{
    private TFRecordFolder(ImageShape shape, IReadOnlyDictionary<int, (string File, ImageShape Shape)> levels)
    {
        Shape = shape;
        Levels = levels;
    }

    /// <summary>Shape of the images at full resolution.</summary>
    internal ImageShape Shape { get; }

    /// <summary>File and image shape of each level of detail, from 0, full resolution, on.</summary>
    internal IReadOnlyDictionary<int, (string File, ImageShape Shape)> Levels { get; }

    /// <summary>Looks through a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="resolution">Full resolution; null for that of the largest images.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It does not hold a whole pyramid of images.</exception>
    internal static TFRecordFolder Open(string folder, int? resolution)
    {
        (string File, ImageShape Shape)[] files = [.. FilesIn(folder, ".tfrecords").Select(f => (f, FirstShape(f)))];
        if (files.Length == 0)
        {
            throw new InvalidDataException($"{folder}: there is no .tfrecords file in it; make one with dataset_tool create_from_images");
        }

        ImageShape largest = files.MaxBy(f => f.Shape.Size).Shape;
        ImageShape full = new(largest.Channels, resolution ?? largest.Height, resolution ?? largest.Height);
        int levels = BitOperations.Log2((uint)full.Height);
        Dictionary<int, (string, ImageShape)> byLevel = [];
        foreach ((string file, ImageShape shape) in files)
        {
            int level = levels - BitOperations.Log2((uint)shape.Height);
            RequireLevel(file, shape, full, level);
            byLevel[level] = (file, shape);
        }

        for (int level = 0; level < levels - 1; level++)
        {
            if (!byLevel.ContainsKey(level))
            {
                throw new InvalidDataException($"{folder}: there is no .tfrecords file with images of {full.Height >> level} pixels; make the dataset again with dataset_tool");
            }
        }

        return new TFRecordFolder(full, byLevel.Where(l => l.Key >= 0).ToDictionary());
    }

    /// <summary>
    /// The labels, [images, components] with at most as many of either as asked for; no components where there are no labels.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is not a two-dimensional array of numbers.</exception>
    internal static NDArray LoadLabels(TFRecordDatasetOptions options)
    {
        if (options.MaxLabelSize == 0 || FindLabels(options) is not { } file)
        {
            return np.zeros(new Shape(Math.Min(1L << 30, options.MaxImages ?? long.MaxValue), 0), typeof(float));
        }

        NDArray labels = NpyFile.Load(file);
        if (labels.ndim != 2)
        {
            throw new InvalidDataException($"{file}: labels are an array [images, components], not of {labels.ndim} dimensions");
        }

        long rows = Math.Min(labels.shape[0], options.MaxImages ?? long.MaxValue);
        long columns = Math.Min(labels.shape[1], options.MaxLabelSize);
        return labels[new Slice(0, rows), new Slice(0, columns)].Contiguous();
    }

    private static string? FindLabels(TFRecordDatasetOptions options)
    {
        if (options.LabelFile is null)
        {
            return FilesIn(options.TfrecordDir, ".labels").FirstOrDefault();
        }

        string within = Path.Combine(options.TfrecordDir, options.LabelFile);
        return !File.Exists(options.LabelFile) && File.Exists(within) ? within : options.LabelFile;
    }

    /// <summary>The folder's files with an extension as Python's glob finds them: hidden ones left out, in ordinal order.</summary>
    private static IEnumerable<string> FilesIn(string folder, string extension) =>
        Directory.EnumerateFiles(folder)
            .Where(f => f.EndsWith(extension, StringComparison.Ordinal) && !Path.GetFileName(f).StartsWith('.'))
            .Order(StringComparer.Ordinal);

    private static ImageShape FirstShape(string file)
    {
        using TFRecordReader reader = TFRecordReader.Open(file);
        return reader.Read()
            ? ImageExample.Parse(reader.Record, reader.Location).Shape
            : throw new InvalidDataException($"{file}: there are no records in it; make the dataset again with dataset_tool");
    }

    private static void RequireLevel(string file, ImageShape shape, ImageShape full, int level)
    {
        int side = level < 0 ? full.Height << -level : full.Height >> level;
        if (shape != new ImageShape(full.Channels, side, side))
        {
            throw new InvalidDataException($"{file}: its images of shape {shape} are not a level of a pyramid below {full}");
        }
    }
}
