using NumSharp;
using TensorGraph.Numpy;

namespace DatasetTool.Sources;

/// <summary>The labels of pictures, from a file beside them or from the folders that they are in.</summary>
/// <param name="Values">float32 [pictures, components]: a component for each class, or the values themselves.</param>
/// <param name="ClassNames">The names of classes with their numbers; null where classes are numbers or there are none.</param>
internal sealed record PictureLabels(NDArray Values, IReadOnlyDictionary<string, int>? ClassNames)
{
    /// <summary>Reads the labels of pictures from a file; those of others are passed over.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="name">The file, .csv or .json.</param>
    /// <param name="pictures">The pictures' paths within their folder.</param>
    /// <returns>Null where the file says that there are no labels.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, a picture has no label, or their labels do not go
    /// together.</exception>
    internal static PictureLabels? Load(Stream stream, string name, IReadOnlyList<string> pictures) =>
        LabelFile.Read(stream, name, pictures) is { } labels ? Of(labels, name, pictures) : null;

    /// <summary>Takes the outermost folder that a picture is in as its class.</summary>
    /// <param name="location">Where the pictures are, for errors.</param>
    /// <param name="pictures">The pictures' paths within it.</param>
    /// <exception cref="InvalidDataException">A picture is in no folder.</exception>
    internal static PictureLabels OfFolders(string location, IReadOnlyList<string> pictures)
    {
        Dictionary<string, PictureLabel> labels = [];
        foreach (string path in pictures.Select(LabelFile.Normalized))
        {
            int end = path.IndexOf('/', StringComparison.Ordinal);
            labels.Add(path, end > 0
                ? new PictureLabel(path[..end], null)
                : throw new InvalidDataException($"{location}: {path} is in no folder that could be its class; move it into one"));
        }

        return Of(labels, location, pictures);
    }

    private static PictureLabels Of(Dictionary<string, PictureLabel> labels, string name, IReadOnlyList<string> pictures)
    {
        PictureLabel[] rows =
        [
            .. pictures.Select(p => labels.GetValueOrDefault(LabelFile.Normalized(p)) is { IsGiven: true } label
                ? label
                : throw new InvalidDataException($"{name}: has no label for {p}; add it")),
        ];
        int other = Array.FindIndex(rows, r => r.Class is null != rows[0].Class is null);
        if (other >= 0)
        {
            throw new InvalidDataException(
                $"{name}: the labels of {pictures[0]} and {pictures[other]} are a class and values; give all the same kind");
        }

        return rows[0].Class is null
            ? new PictureLabels(Joined(rows, name, pictures), null)
            : OfClasses(new ClassNumbers(labels.Values.Select(l => l.Class).OfType<string>(), name), rows, name);
    }

    private static PictureLabels OfClasses(ClassNumbers numbers, PictureLabel[] rows, string name)
    {
        int[] classes = [.. rows.Select(r => numbers.Of(r.Class!))];
        int count = Math.Max(classes.Max() + 1, numbers.Names?.Count ?? 0);
        return (long)count * classes.Length <= Array.MaxLength
            ? new PictureLabels(OneHot.Encode(classes, count), numbers.Names)
            : throw new InvalidDataException(
                $"{name}: classes up to {count - 1} of {classes.Length} pictures are too many for labels; "
                + "number the classes from 0 on without gaps");
    }

    private static NDArray Joined(PictureLabel[] rows, string name, IReadOnlyList<string> pictures)
    {
        int components = rows[0].Values!.Length, other = Array.FindIndex(rows, r => r.Values!.Length != components);
        return other < 0
            ? rows.SelectMany(r => r.Values!).ToArray().ToNDArray(rows.Length, components)
            : throw new InvalidDataException(
                $"{name}: the label of {pictures[other]} has {rows[other].Values!.Length} values, "
                + $"where that of {pictures[0]} has {components}; give all the same number");
    }
}
