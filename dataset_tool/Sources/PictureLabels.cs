using System.Globalization;
using System.Text.Json;
using Microsoft.VisualBasic.FileIO;
using NumSharp;
using TensorGraph.Numpy;

namespace DatasetTool.Sources;

/// <summary>Labels that come in a file beside the pictures, .csv or .json.</summary>
internal static class PictureLabels
{
    /// <summary>Reads the labels of pictures; those of others are passed over.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pictures">The pictures' paths within their folder.</param>
    /// <returns>float32 [pictures, components]: a component for each class, or the values themselves.</returns>
    /// <exception cref="InvalidDataException">The file is missing or damaged, a picture has no label, or their labels have different
    /// numbers of values.</exception>
    internal static NDArray Load(string path, IReadOnlyList<string> pictures)
    {
        Dictionary<string, float[]> labels = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => ReadCsv(path),
            ".JSON" => ReadJson(path),
            _ => throw new InvalidDataException($"{path}: labels come in a .csv or .json file; give one of these"),
        };
        float[][] rows =
            [.. pictures.Select(p => labels.GetValueOrDefault(Normalized(p)) is { Length: > 0 } row ? row : throw Missing(path, p))];
        if (Array.TrueForAll(rows, r => r is [>= 0 and < ushort.MaxValue] && float.IsInteger(r[0])))
        {
            int[] classes = [.. rows.Select(r => (int)r[0])];
            return (classes.Max() + 1L) * classes.Length <= Array.MaxLength
                ? OneHot.Encode(classes)
                : throw new InvalidDataException(
                    $"{path}: classes up to {classes.Max()} of {classes.Length} pictures are too many for labels; "
                    + "number the classes from 0 on without gaps");
        }

        int other = Array.FindIndex(rows, r => r.Length != rows[0].Length);
        return other < 0
            ? rows.SelectMany(r => r).ToArray().ToNDArray(rows.Length, rows[0].Length)
            : throw new InvalidDataException(
                $"{path}: the label of {pictures[other]} has {rows[other].Length} values, "
                + $"where that of {pictures[0]} has {rows[0].Length}; give all the same number");
    }

    private static InvalidDataException Missing(string path, string picture) => new($"{path}: has no label for {picture}; add it");

    private static string Normalized(string picture) => picture.Replace('\\', '/');

    /// <summary>Lines without a number, as headers are, are passed over.</summary>
    private static Dictionary<string, float[]> ReadCsv(string path)
    {
        Dictionary<string, float[]> labels = [];
        using FileStream file = InputFile.Open(path);
        using TextFieldParser parser = new(file) { Delimiters = [","], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = true };
        try
        {
            while (parser.ReadFields() is { } fields)
            {
                bool isHeader = labels.Count == 0 && fields.Length > 1
                    && !fields[1..].Any(f => float.TryParse(f, CultureInfo.InvariantCulture, out _));
                if (!isHeader)
                {
                    labels[Normalized(fields[0])] = [.. fields[1..].Select(f => ParseValue(path, fields[0], f))];
                }
            }
        }
        catch (MalformedLineException error)
        {
            throw new InvalidDataException($"{path}: line {parser.ErrorLineNumber} has quotes that do not fit; correct it", error);
        }

        return labels;
    }

    private static float ParseValue(string path, string picture, string text) =>
        float.TryParse(text, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
            ? value
            : throw new InvalidDataException($"{path}: the label of {picture} has the value \"{text}\", which is not a number; correct it");

    private static Dictionary<string, float[]> ReadJson(string path)
    {
        using FileStream file = InputFile.Open(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(file);
            JsonElement root = document.RootElement;
            return root.TryGetProperty("labels", out JsonElement pairs) && pairs.ValueKind == JsonValueKind.Array
                ? pairs.EnumerateArray()
                    .ToDictionary(p => Normalized(p[0].GetString() ?? throw new FormatException("a path is null")), p => ReadValues(p[1]))
                : root.EnumerateObject().ToDictionary(p => Normalized(p.Name), p => ReadValues(p.Value));
        }
        catch (Exception error) when (
            error is JsonException or InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException(
                $"{path}: not JSON of labels, {{\"labels\": [[path, class or [values]], ...]}} or {{path: class or [values], ...}} "
                + $"({error.Message}); correct it",
                error);
        }
    }

    private static float[] ReadValues(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.GetSingle())] : [value.GetSingle()];
}
