using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using StyleGan2.Encoder.Results;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Reports;

/// <summary>What a report shows of a picture. It is kept as JSON, so that pages can be made again and runs go on.</summary>
internal sealed record PictureEntry
{
    private static readonly JsonSerializerOptions s_json = new(ResultRecord.Json) { WriteIndented = false };

    /// <summary>The picture's file name.</summary>
    [JsonRequired]
    public string Name { get; init; } = "";

    /// <summary>The name of its results, without an extension.</summary>
    [JsonRequired]
    public string ResultName { get; init; } = "";

    /// <summary>Its place among the pictures of the run, from 0; it says on which page the picture is.</summary>
    [JsonRequired]
    public int Position { get; init; }

    /// <summary>How many steps its projection has.</summary>
    [JsonRequired]
    public int Steps { get; init; }

    /// <summary>How many of them were taken.</summary>
    public int Step { get; init; }

    /// <summary>The program and what it runs on, each with its version.</summary>
    public string Versions { get; init; } = "";

    /// <summary>What its results depend on.</summary>
    public JsonObject Settings { get; init; } = [];

    /// <summary>What came out: distance, error, time; empty before the end.</summary>
    public JsonObject Outcome { get; init; } = [];

    /// <summary>The names of its results' files; none before the end.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The picture itself, as a data URI.</summary>
    public string Source { get; init; } = "";

    /// <summary>The picture found, as a data URI.</summary>
    public string Result { get; init; } = "";

    /// <summary>How they differ, as a data URI.</summary>
    public string Difference { get; init; } = "";

    /// <summary>Pictures on the way.</summary>
    public IReadOnlyList<Snapshot> Snapshots { get; init; } = [];

    /// <summary>The distance after some of the steps.</summary>
    public IReadOnlyList<CurvePoint> Curve { get; init; } = [];

    /// <summary>Whether the projection is finished.</summary>
    [JsonIgnore]
    public bool IsFinished => Files.Count > 0;

    /// <summary>Reads an entry.</summary>
    /// <returns>Null where there is none, or a damaged one.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static PictureEntry? Load(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<PictureEntry>(File.ReadAllBytes(file), s_json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the entry; the file appears whole or not at all.</summary>
    internal void Save(string file) => WholeFile.Write(file, stream => JsonSerializer.Serialize(stream, this, s_json));
}
