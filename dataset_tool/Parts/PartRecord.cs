using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DatasetTool.CommandLine;
using DatasetTool.Export;

namespace DatasetTool.Parts;

/// <summary>
/// What a part of a dataset was made of and holds: <c>NAME-part.json</c> in its folder, by which parts that belong together are known.
/// </summary>
internal sealed record PartRecord
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Which part it is: a piece of the pictures in the dataset's order.</summary>
    [JsonRequired]
    public Shard Part { get; init; }

    /// <summary>The pictures of the whole dataset.</summary>
    [JsonRequired]
    public required PictureList Pictures { get; init; }

    /// <summary>What the images depend on besides their files, by option.</summary>
    [JsonRequired]
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Size and colour of the images, in words; null where the part has none.</summary>
    public string? Images { get; init; }

    /// <summary>The part's files by the endings of their names.</summary>
    [JsonRequired]
    public required IReadOnlyDictionary<string, PartFile> Files { get; init; }

    /// <summary>Reads a record.</summary>
    /// <returns>Null where the file is none, or is damaged.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static PartRecord? Read(Stream file)
    {
        try
        {
            return JsonSerializer.Deserialize<PartRecord>(file, s_json) is { } record && record.IsSound() ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the record of a part whose other files are written.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Write(DatasetFolder folder)
    {
        PartRecord record = this with { Files = folder.Files.ToDictionary(f => f.Ending, f => PartFile.Of(f.File)) };
        folder.Write(() =>
        {
            using FileStream file = folder.Create(DatasetFolder.PartEnding);
            JsonSerializer.Serialize(file, record, s_json);
        });
    }

    /// <summary>Whether the values fit one another, and the files are those of a dataset.</summary>
    private bool IsSound() =>
        Part.Index >= 0 && Part.Index < Part.Count && Pictures.Count > 0
        && (Part.PieceOf(Pictures.Count).GetOffsetAndLength(Pictures.Count).Length > 0) == (Images is not null)
        && (Images is not null) == Files.ContainsKey(DatasetFolder.LevelEnding(2))
        && Files.All(f => f.Value is not null && IsEnding(f.Key)) && !Settings.Values.Contains(null!);

    private static bool IsEnding(string ending) =>
        ending == DatasetFolder.LabelEnding || Enumerable.Range(2, 30).Any(log2 => ending == DatasetFolder.LevelEnding(log2));
}
