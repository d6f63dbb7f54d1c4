using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using TensorGraph.Records;

namespace Training.Datasets;

/// <summary>The images of one level of detail: a file, or numbered parts that are read one after the other.</summary>
public sealed partial class TFRecordLevel
{
    private TFRecordLevel(int log2, bool isRaw, IReadOnlyList<string> files) => (Log2, IsRaw, Files) = (log2, isRaw, files);

    /// <summary>The logarithm of the images' height, rounded down.</summary>
    public int Log2 { get; }

    /// <summary>The height of the images, and the width of square ones.</summary>
    public int Size => 1 << Log2;

    /// <summary>Whether the records hold picture files, still to be decoded, instead of pixels.</summary>
    public bool IsRaw { get; }

    /// <summary>The files, in the order in which they are read.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The files' names, for messages.</summary>
    public string Name => string.Join(" and ", Files.Select(NameOf));

    /// <summary>The shape of the images: that of the first record.</summary>
    /// <exception cref="InvalidDataException">There are no records.</exception>
    /// <exception cref="RecordException">The record is damaged, or holds no pixels.</exception>
    internal ImageShape ReadShape()
    {
        foreach (string file in Files)
        {
            using TFRecordReader reader = TFRecordReader.Open(file);
            if (reader.Read())
            {
                return ImageExample.Parse(reader.Record, reader.Location).Shape;
            }
        }

        throw NoRecords(Files[0]);
    }

    /// <summary>The levels that files belong to, the largest images first.</summary>
    internal static IReadOnlyList<TFRecordLevel> Among(IEnumerable<string> files) =>
    [
        .. files.Select(f => (Path: f, Kind: KindOf(f)))
            .GroupBy(f => f.Kind.Log2)
            .OrderByDescending(level => level.Key)
            .Select(level => new TFRecordLevel(level.Key, level.First().Kind.IsRaw, InOrder([.. level.Select(f => f.Path)]))),
    ];

    /// <summary>The level of a file by its first record or, where that cannot be read, by its name (<c>NAME-rNN.tfrecords</c>).</summary>
    private static (int Log2, bool IsRaw) KindOf(string file)
    {
        Match name = LevelInName().Match(NameOf(file));
        int? log2 = name.Success ? int.Parse(name.Groups["log2"].Value, CultureInfo.InvariantCulture) : null;
        try
        {
            using TFRecordReader reader = TFRecordReader.Open(file);
            if (!reader.Read())
            {
                return (log2 ?? throw NoRecords(file), false);
            }

            ImageExample first = ImageExample.ParseAny(reader.Record, reader.Location);
            return (first.Shape.Height > 0 ? BitOperations.Log2((uint)first.Shape.Height) : log2 ?? throw NoSize(file), first.IsEncoded);
        }
        catch (RecordException) when (log2 is not null)
        {
            return (log2.Value, false);
        }
    }

    private static InvalidDataException NoSize(string file) =>
        new($"{file}: neither a record nor the name tells the size of its images; name it NAME-rNN.tfrecords, where 2 to the NN is the "
            + "size");

    private static InvalidDataException NoRecords(string file) =>
        new($"{file}: there are no records in it; make the dataset again with dataset_tool");

    /// <summary>The parts of a level by their numbers.</summary>
    /// <exception cref="InvalidDataException">The files are not parts of one dataset, or one is missing.</exception>
    private static IReadOnlyList<string> InOrder(string[] files)
    {
        Match[] parts = [.. files.Select(f => PartInName().Match(LevelInName().Replace(NameOf(f), string.Empty)))];
        if (files.Length == 1 && !parts[0].Groups["total"].Success)
        {
            return files;
        }

        int other = Array.FindIndex(parts, p => !p.Success || RestOf(p) != RestOf(parts[0]));
        if (other >= 0)
        {
            string folder = Path.GetDirectoryName(files[0])!, names = $"{NameOf(files[0])} and {NameOf(files[Math.Max(other, 1)])}";
            throw new InvalidDataException(
                $"{folder}: {names} hold images of one size; keep one dataset in a folder, or name its parts "
                + "NAME-rNN-00000-of-00002.tfrecords and so on");
        }

        int[] numbers = [.. parts.Select(p => Number(p, "number"))];
        Array.Sort(numbers, files);
        bool isTotalKnown = parts[0].Groups["total"].Success;
        int first = isTotalKnown ? 0 : numbers[0], count = isTotalKnown ? Number(parts[0], "total") : files.Length;
        return numbers.SequenceEqual(Enumerable.Range(first, count))
            ? files
            : throw new InvalidDataException(
                $"{files[0]}: there are the parts {string.Join(", ", numbers)}, where {first} to {first + count - 1} are expected; put all "
                + "parts into the folder");
    }

    private static string NameOf(string file) => Path.GetFileName(file);

    private static int Number(Match part, string group) => int.Parse(part.Groups[group].Value, CultureInfo.InvariantCulture);

    private static string RestOf(Match part) => part.Groups["before"].Value + "*" + part.Groups["after"].Value;

    [GeneratedRegex(@"-r(?<log2>[012]\d)(?!\d)")]
    private static partial Regex LevelInName();

    /// <summary>A name with a number at its end or before its extension, perhaps with the number of parts.</summary>
    [GeneratedRegex(@"^(?<before>.*?)(?<number>\d{1,9})(?<after>(-of-(?<total>\d{1,9}))?(\.tfrecords)?(\.gz)?)$", RegexOptions.Singleline)]
    private static partial Regex PartInName();
}
