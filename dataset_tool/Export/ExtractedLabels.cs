using System.Text.Encodings.Web;
using System.Text.Json;

namespace DatasetTool.Export;

/// <summary>The labels beside extracted pictures, <c>dataset.json</c> as stylegan2-ada-pytorch has it.</summary>
internal static class ExtractedLabels
{
    /// <summary>The file's name.</summary>
    internal const string FileName = "dataset.json";

    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the labels: the numbers of classes where every label is one of a class and the last class occurs, lists of values
    /// otherwise, so that they become the same labels again.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="pictures">The pictures' paths.</param>
    /// <param name="labels">A label for each, with as many values.</param>
    internal static void Write(Stream stream, IReadOnlyList<string> pictures, IReadOnlyList<float[]> labels)
    {
        int[] classes = [.. labels.Select(ClassOf)];
        bool areClasses = !classes.Contains(-1) && classes.Max() == labels[0].Length - 1;
        IEnumerable<object[]> pairs = pictures.Select((picture, i) => new object[] { picture, areClasses ? classes[i] : labels[i] });
        JsonSerializer.Serialize(stream, new { labels = pairs }, s_json);
    }

    /// <summary>The class of a label with one 1 and zeros elsewhere; -1 for another label.</summary>
    private static int ClassOf(float[] label) =>
        label.Count(v => v == 1) == 1 && label.Count(v => v == 0) == label.Length - 1 ? Array.IndexOf(label, 1f) : -1;
}
