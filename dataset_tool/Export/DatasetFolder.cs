using System.Text.Encodings.Web;
using System.Text.Json;
using NumSharp;
using TensorGraph.Numpy;

namespace DatasetTool.Export;

/// <summary>
/// The folder of a dataset that is being written: <c>NAME-rNN.tfrecords</c>, <c>NAME-rxx.labels</c>, and in a part of a dataset
/// <c>NAME-part.json</c>; <c>classes.json</c> has the names of classes, where they have names. The files
/// appear at <see cref="Commit"/>, all at once; disposing without it leaves nothing.
/// </summary>
internal sealed class DatasetFolder : IDisposable
{
    /// <summary>How the name of the file of labels ends, after the dataset's name and a hyphen.</summary>
    internal const string LabelEnding = "rxx.labels";

    /// <summary>How the name of a part's record ends.</summary>
    internal const string PartEnding = "part.json";

    /// <summary>The name of the file with the names of classes.</summary>
    internal const string ClassesName = "classes.json";

    private readonly string _tfrecordDir;
    private readonly StagedFolder _staged;

    private static readonly JsonSerializerOptions s_json =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Begins a dataset.</summary>
    /// <param name="tfrecordDir">Its folder; the last part of the path is the dataset's name.</param>
    /// <param name="overwrite">Whether a dataset that is in the folder already is replaced.</param>
    /// <exception cref="IOException">The folder cannot be written, or has a dataset that may not be replaced; one line that says what to
    /// do.</exception>
    internal DatasetFolder(string tfrecordDir, bool overwrite)
    {
        _tfrecordDir = tfrecordDir;
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(tfrecordDir)));
        if (Directory.Exists(tfrecordDir)
            && Directory.EnumerateFiles(tfrecordDir).FirstOrDefault(f => IsOfDataset(f) && !IsNamed(f, name)) is { } other)
        {
            throw new IOException(
                $"{tfrecordDir}: there is another dataset in the folder ({Path.GetFileName(other)}), "
                + "which would be mixed up with the new one; choose another folder");
        }

        _staged = new StagedFolder(
            tfrecordDir,
            file => (IsOfDataset(file) && IsNamed(file, name)) || file == $"{name}-{PartEnding}" || file == ClassesName,
            overwrite);
    }

    /// <summary>The dataset's own files written so far, by the endings of their names.</summary>
    internal IEnumerable<(string Ending, string File)> Files =>
        Directory.EnumerateFiles(_staged.Folder).Where(f => Path.GetFileName(f) != ClassesName).Order(StringComparer.Ordinal)
            .Select(f => (Path.GetFileName(f)[(_staged.Name.Length + 1)..], f));

    /// <summary>How the name of a level's file ends.</summary>
    /// <param name="log2">The logarithm of its images' size.</param>
    internal static string LevelEnding(int log2) => $"r{log2:D2}.tfrecords";

    /// <summary>Where a file of the dataset is written.</summary>
    /// <param name="ending">The end of its name.</param>
    internal string FileOf(string ending) => Path.Combine(_staged.Folder, $"{_staged.Name}-{ending}");

    /// <summary>Writes the labels as float32.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void WriteLabels(NDArray labels)
    {
        NDArray saved = labels.astype(typeof(float)).Contiguous();
        Write(() =>
        {
            using FileStream file = Create(LabelEnding);
            np.save(file, saved, allow_pickle: false);
        });
    }

    /// <summary>Writes the names of classes with their numbers.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void WriteClasses(IReadOnlyDictionary<string, int> numbers) => Write(() => File.WriteAllText(
        Path.Combine(_staged.Folder, ClassesName), JsonSerializer.Serialize(numbers, s_json) + "\n"));

    /// <summary>Takes the names of classes of another dataset, if it has any.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void CopyClasses(string otherDir)
    {
        string file = Path.Combine(otherDir, ClassesName);
        if (File.Exists(file))
        {
            Write(() => File.Copy(file, Path.Combine(_staged.Folder, ClassesName)));
        }
    }

    /// <summary>Creates a file of the dataset, not buffered.</summary>
    /// <exception cref="IOException">It exists, or cannot be created.</exception>
    internal FileStream Create(string ending) =>
        new(FileOf(ending), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);

    /// <summary>Writes to files, an error being the dataset's.</summary>
    /// <exception cref="IOException">They cannot be written; one line that names the dataset's folder.</exception>
    internal void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or ArgumentOutOfRangeException)
        {
            // The latter is .NET's error for a file that its file system lets grow no further.
            throw new IOException(
                $"{_tfrecordDir}: the dataset cannot be written ({error.Message}); make room for it or choose another folder", error);
        }
    }

    /// <summary>Puts the files in their place.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    internal void Commit() => _staged.Commit();

    /// <inheritdoc/>
    public void Dispose() => _staged.Dispose();

    private static bool IsOfDataset(string file) => Path.GetExtension(file) is ".tfrecords" or ".labels";

    private static bool IsNamed(string file, string name) => Path.GetFileName(file).StartsWith($"{name}-r", StringComparison.Ordinal);
}
