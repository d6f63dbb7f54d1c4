using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using DatasetTool.Sources;
using TensorGraph.Records;

namespace DatasetTool.Verification;

/// <summary>A file of a dataset: the images of one level of detail.</summary>
/// <param name="Path">The file.</param>
/// <param name="Log2">The logarithm of its images' width and height, by its name (<c>NAME-rNN.tfrecords</c>) or else its first
/// record.</param>
internal sealed partial record LevelFile(string Path, int Log2)
{
    /// <summary>Width and height of its images.</summary>
    internal int Size => 1 << Log2;

    internal string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The files of a dataset, the largest images first.</summary>
    /// <exception cref="InvalidDataException">There is no such folder, or no dataset in it.</exception>
    /// <exception cref="RecordException">The first record of a file is damaged that does not have its images' size in its name.</exception>
    internal static List<LevelFile> In(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidDataException($"{folder}: no such folder; give the folder that holds the .tfrecords files");
        }

        List<LevelFile> files =
            [.. ImageFiles.Visible(folder).Where(f => f.EndsWith(".tfrecords", StringComparison.Ordinal))
            .Select(f => new LevelFile(f, ReadLog2(f)))];
        return files.Count > 0
            ? [.. files.OrderByDescending(f => f.Log2)]
            : throw new InvalidDataException($"{folder}: there is no .tfrecords file in it; make one with create_from_images");
    }

    /// <summary>The files of labels in a dataset's folder.</summary>
    internal static IEnumerable<string> LabelsIn(string folder) =>
        ImageFiles.Visible(folder).Where(f => f.EndsWith(".labels", StringComparison.Ordinal));

    private static int ReadLog2(string file)
    {
        if (NameEnd().Match(file) is { Success: true } match
            && int.Parse(match.Groups["log2"].Value, CultureInfo.InvariantCulture) is var log2 and < 31)
        {
            return log2;
        }

        using TFRecordReader reader = TFRecordReader.Open(file);
        return reader.Read()
            ? BitOperations.Log2((uint)ImageExample.Parse(reader.Record, reader.Location).Shape.Height)
            : throw new InvalidDataException($"{file}: there are no records in it; make the dataset again");
    }

    [GeneratedRegex(@"-r(?<log2>\d\d)\.tfrecords$")]
    private static partial Regex NameEnd();
}
