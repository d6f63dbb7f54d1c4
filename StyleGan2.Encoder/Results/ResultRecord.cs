using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace StyleGan2.Encoder.Results;

/// <summary>What made some results: a JSON file beside them, by which this program knows its own files.</summary>
internal sealed record ResultRecord
{
    private const string HashSuffix = "_sha256";
    private const string ProgramName = "stylegan2-encoder";

    /// <summary>How records are written.</summary>
    internal static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        IncludeFields = true,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The program and its version.</summary>
    [JsonRequired]
    public string Program { get; init; } = $"{ProgramName} {typeof(ResultRecord).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>What the results depend on, by name. Files are named by their hashes (<c>network_sha256</c>).</summary>
    [JsonRequired]
    public JsonObject Settings { get; init; } = [];

    /// <summary>What came out beside the files, such as the distance reached.</summary>
    public JsonObject Outcome { get; init; } = [];

    /// <summary>The results by their files' names.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, FileRecord> Results { get; init; } = new Dictionary<string, FileRecord>();

    /// <summary>Reads a record.</summary>
    /// <returns>Null where the file is not one that this program wrote, or is damaged.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ResultRecord? Load(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            ResultRecord? record = JsonSerializer.Deserialize<ResultRecord>(file, Json);
            return record?.Program.StartsWith(ProgramName, StringComparison.Ordinal) == true && !record.Results.Values.Contains(null)
                ? record
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the record, and waits until the disk has it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path)
    {
        using FileStream file = File.Create(path);
        Write(file);
    }

    /// <summary>Writes the record into a file, and waits until the disk has it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal void Write(FileStream file)
    {
        JsonSerializer.Serialize(file, this, Json);
        file.Flush(flushToDisk: true);
    }

    /// <summary>How the settings differ from others, in a few words; null where they are the same.</summary>
    public string? DifferenceFrom(JsonObject settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string[] names =
        [
            .. settings.Select(s => s.Key).Union(Settings.Select(s => s.Key)).Where(n => Text(settings[n]) != Text(Settings[n])),
        ];
        return names.Length == 0 ? null : string.Join(", ", names.Select(n => Described(n, Settings[n], settings[n])));
    }

    private static string Described(string name, JsonNode? old, JsonNode? current) =>
        name.EndsWith(HashSuffix, StringComparison.Ordinal) ? $"another {name[..^HashSuffix.Length]}"
            : old is JsonObject or JsonArray || current is JsonObject or JsonArray ? $"other {name}"
            : $"{name} {Text(old)} instead of {Text(current)}";

    private static string Text(JsonNode? node) => node?.ToJsonString(Json) ?? "none";
}
