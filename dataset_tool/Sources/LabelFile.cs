using System.Globalization;
using System.Text.Json;
using Microsoft.VisualBasic.FileIO;

namespace DatasetTool.Sources;

/// <summary>Files of labels, .csv or .json: the labels by the pictures' paths, which may begin with <c>./</c>.</summary>
internal static class LabelFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="stream">Its content.</param>
    /// <param name="name">Its name, which tells what it is.</param>
    /// <param name="pictures">The pictures' paths: a first line of .csv that begins with none of them is a header.</param>
    /// <returns>Null where the file says that there are no labels (<c>{"labels": null}</c> or <c>{}</c>).</returns>
    /// <exception cref="InvalidDataException">It is damaged, is no file of labels, or has two labels for a picture.</exception>
    internal static Dictionary<string, PictureLabel>? Read(Stream stream, string name, IReadOnlyList<string> pictures) =>
        Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".CSV" => ReadCsv(stream, name, [.. pictures.Select(Normalized)]),
            ".JSON" => ReadJson(stream, name),
            _ => throw new InvalidDataException($"{name}: labels come in a .csv or .json file; give one of these"),
        };

    /// <summary>A path as labels are found by it.</summary>
    internal static string Normalized(string path)
    {
        string normalized = path.Replace('\\', '/');
        while (normalized.StartsWith("./", StringComparison.Ordinal))
        {
            normalized = normalized[2..];
        }

        return normalized;
    }

    private static Dictionary<string, PictureLabel> ReadCsv(Stream stream, string name, HashSet<string> pictures)
    {
        Dictionary<string, PictureLabel> labels = [];
        using TextFieldParser parser = new(stream) { Delimiters = [","], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = true };
        try
        {
            for (bool isFirst = true; parser.ReadFields() is { } fields; isFirst = false)
            {
                string path = Normalized(fields[0]);
                if (!isFirst || pictures.Contains(path))
                {
                    Add(labels, path, Label(name, fields), name);
                }
            }
        }
        catch (MalformedLineException error)
        {
            throw new InvalidDataException($"{name}: line {parser.ErrorLineNumber} has quotes that do not fit; correct it", error);
        }

        return labels;
    }

    /// <summary>One field is a class, several are values.</summary>
    private static PictureLabel Label(string name, string[] fields) => fields.Length switch
    {
        1 => default,
        2 => new PictureLabel(fields[1], null),
        _ => new PictureLabel(null, [.. fields[1..].Select(f => ParseValue(name, fields[0], f))]),
    };

    private static float ParseValue(string name, string picture, string text) =>
        float.TryParse(text, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
            ? value
            : throw new InvalidDataException($"{name}: the label of {picture} has the value \"{text}\", which is not a number; correct it");

    private static Dictionary<string, PictureLabel>? ReadJson(Stream stream, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream);
            JsonElement root = document.RootElement;
            bool hasLabels = root.TryGetProperty("labels", out JsonElement listed);
            if (hasLabels ? listed.ValueKind == JsonValueKind.Null : !root.EnumerateObject().Any())
            {
                return null;
            }

            Dictionary<string, PictureLabel> labels = [];
            IEnumerable<(string? Path, JsonElement Label)> pairs = hasLabels && listed.ValueKind == JsonValueKind.Array
                ? listed.EnumerateArray().Select(p => (p[0].GetString(), p[1]))
                : root.EnumerateObject().Select(p => ((string?)p.Name, p.Value));
            foreach ((string? path, JsonElement label) in pairs)
            {
                Add(labels, Normalized(path ?? throw new FormatException("a path is null")), Label(label), name);
            }

            return labels;
        }
        catch (Exception error) when (
            error is JsonException or InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException(
                $"{name}: not JSON of labels, {{\"labels\": [[path, class or [values]], ...]}} or {{path: class or [values], ...}} "
                + $"({error.Message}); correct it",
                error);
        }
    }

    /// <summary>A list is values whatever its numbers are, a number or a name is a class.</summary>
    private static PictureLabel Label(JsonElement label) => label.ValueKind switch
    {
        JsonValueKind.Array when label.GetArrayLength() == 0 => default,
        JsonValueKind.Array => new PictureLabel(null, [.. label.EnumerateArray().Select(v => v.GetSingle())]),
        JsonValueKind.Number => new PictureLabel(label.GetRawText(), null),
        _ => new PictureLabel(label.GetString(), null),
    };

    private static void Add(Dictionary<string, PictureLabel> labels, string path, PictureLabel label, string name)
    {
        if (!labels.TryAdd(path, label))
        {
            throw new InvalidDataException($"{name}: has two labels for {path}; remove one of them");
        }
    }
}
