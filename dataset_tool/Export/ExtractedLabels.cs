using System.Text.Encodings.Web;
using System.Text.Json;

namespace DatasetTool.Export;

/// <summary>The labels beside extracted pictures, <c>dataset.json</c> as stylegan2-ada-pytorch has it.</summary>
internal static class ExtractedLabels
{
    /// <summary>The file's name.</summary>
    internal const string FileName = "dataset.json";

    /// <summary>Writes the labels: the numbers of classes where every label is one of a class and the last class occurs, lists of values
    /// otherwise, so that they become the same labels again.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="pictures">The pictures' paths.</param>
    /// <param name="labels">A label for each, with as many values.</param>
    internal static void Write(Stream stream, IReadOnlyList<string> pictures, IReadOnlyList<float[]> labels)
    {
        int[] classes = [.. labels.Select(ClassOf)];
        bool areClasses = !classes.Contains(-1) && classes.Max() == labels[0].Length - 1;
        using Utf8JsonWriter json = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartArray("labels");
        foreach ((int index, string picture) in pictures.Index())
        {
            json.WriteStartArray();
            json.WriteStringValue(picture);
            if (areClasses)
            {
                json.WriteNumberValue(classes[index]);
            }
            else
            {
                JsonSerializer.Serialize(json, labels[index]);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The class of a label with one 1 and zeros elsewhere; -1 for another label.</summary>
    private static int ClassOf(float[] label) =>
        label.Count(v => v == 1) == 1 && label.Count(v => v == 0) == label.Length - 1 ? Array.IndexOf(label, 1f) : -1;
}
