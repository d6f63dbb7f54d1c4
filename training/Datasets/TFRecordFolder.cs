using System.Text.RegularExpressions;
using NumSharp;
using TensorGraph.Numpy;

namespace Training.Datasets;

/// <summary>A folder that holds a dataset. Every reader of datasets lists the folder here.</summary>
public sealed partial class TFRecordFolder
{
    private TFRecordFolder(string path, IReadOnlyList<TFRecordLevel> levels, IReadOnlyList<string> labelFiles) =>
        (Path, Levels, LabelFiles) = (path, levels, labelFiles);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The levels of detail, the largest images first.</summary>
    public IReadOnlyList<TFRecordLevel> Levels { get; }

    /// <summary>The files of labels, in ordinal order. The first one counts.</summary>
    public IReadOnlyList<string> LabelFiles { get; }

    /// <summary>Lists a folder: <c>*.tfrecords</c> and <c>*.labels</c>, hidden files left out.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">There is no dataset in it, a part of one is missing, or there are several.</exception>
    /// <exception cref="IOException">A file cannot be read, or is damaged and has no name that tells its level.</exception>
    public static TFRecordFolder Open(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"{path}: no such folder; give the folder that holds the .tfrecords files");
        }

        IReadOnlyList<TFRecordLevel> levels = TFRecordLevel.Among(FilesIn(path, RecordFileName()));
        return levels.Count > 0
            ? new TFRecordFolder(path, levels, [.. FilesIn(path, LabelFileName())])
            : throw new InvalidDataException($"{path}: there is no .tfrecords file in it; make one with dataset_tool create_from_images");
    }

    /// <summary>Reads a file of labels: an array [images, components].</summary>
    /// <exception cref="InvalidDataException">It is not a two-dimensional array of numbers.</exception>
    public static NDArray ReadLabels(string file)
    {
        NDArray labels = NpyFile.Load(file);
        return labels.ndim == 2
            ? labels
            : throw new InvalidDataException($"{file}: labels are an array [images, components], not of {labels.ndim} dimensions");
    }

    private static IEnumerable<string> FilesIn(string path, Regex name) =>
        Directory.EnumerateFiles(path).Where(f => name.IsMatch(System.IO.Path.GetFileName(f))).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^[^.].*\.tfrecords(-\d+-of-\d+)?(\.gz)?$", RegexOptions.Singleline)]
    private static partial Regex RecordFileName();

    [GeneratedRegex(@"^[^.].*\.labels$", RegexOptions.Singleline)]
    private static partial Regex LabelFileName();
}
