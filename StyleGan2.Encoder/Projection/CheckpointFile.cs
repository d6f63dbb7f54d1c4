using System.Text.Json;
using System.Text.Json.Nodes;
using NumSharp;
using StyleGan2.Encoder.Results;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Projection;

/// <summary>
/// The state of a projection that was stopped on the way, as .npz beside the results to be, with the settings that they depend on.
/// </summary>
/// <param name="folder">The folder of the results.</param>
/// <param name="name">The results' name.</param>
internal sealed class CheckpointFile(string folder, string name)
{
    private const string Settings = "settings", Counters = "counters", Dlatents = "dlatents", Noise = "noise", Optimizer = "optimizer";
    private const string Remedy = "remove it, or give --overwrite, to project the picture from its first step";

    /// <summary>The file; a hidden one.</summary>
    internal string Location { get; } = Path.Combine(folder, $".stylegan2-checkpoint-{name}.npz");

    /// <summary>Writes a state; the file appears whole or not at all, and the one before stays until then.</summary>
    /// <param name="state">The state.</param>
    /// <param name="settings">What the results depend on.</param>
    /// <param name="spent">The time that the steps took.</param>
    /// <exception cref="UnwritableFolderException">The folder cannot be written.</exception>
    internal void Save(ProjectionState state, JsonObject settings, TimeSpan spent)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(settings);
        (string, NDArray)[] arrays =
        [
            (Settings, json.ToNDArray(json.Length)),
            (Counters, new[] { state.Step, state.Draws, spent.Ticks }.ToNDArray(3)),
            (Dlatents, state.Dlatents),
            .. state.Noises.Select((n, i) => ($"{Noise}{i}", n)),
            .. state.Optimizer.Select((o, i) => ($"{Optimizer}{i}", o)),
        ];
        UnwritableFolderException.Guard(folder, "a checkpoint", () => NpzArchive.Save(Location, arrays));
    }

    /// <summary>How its settings differ from others; null where they are the same, or where there is no checkpoint.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal string? DifferenceFrom(JsonObject settings) => Load() is { } arrays ? Difference(arrays, settings) : null;

    /// <summary>The state, and the time that its steps took; null where there is no checkpoint, or one of other settings.</summary>
    /// <param name="settings">What the results depend on.</param>
    /// <param name="passesOverDamage">Whether a damaged checkpoint is as good as none.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal (ProjectionState State, TimeSpan Spent)? Find(JsonObject settings, bool passesOverDamage)
    {
        try
        {
            return Load() is { } arrays && Difference(arrays, settings) is null ? State(arrays) : null;
        }
        catch (InvalidDataException) when (passesOverDamage)
        {
            return null;
        }
    }

    /// <summary>Removes the checkpoint, where there is one.</summary>
    internal void Delete() => File.Delete(Location);

    /// <summary>The error for a checkpoint whose state no projector takes.</summary>
    internal InvalidDataException Damaged(string problem) => new($"{Location}: the checkpoint is damaged: {problem}; {Remedy}");

    private (ProjectionState, TimeSpan) State(Dictionary<string, NDArray> arrays)
    {
        long[] counters = Required(arrays, Counters).astype(typeof(long)).Values<long>();
        return counters is [>= 0 and <= int.MaxValue, >= 0, >= 0]
            ? (new ProjectionState(
                    (int)counters[0], counters[1], Required(arrays, Dlatents), Numbered(arrays, Noise), Numbered(arrays, Optimizer)),
                new TimeSpan(counters[2]))
            : throw Damaged("its counters are not those of a projection");
    }

    private Dictionary<string, NDArray>? Load()
    {
        if (!File.Exists(Location))
        {
            return null;
        }

        try
        {
            return NpzArchive.Load(Location).ToDictionary(a => a.Name, a => a.Value);
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException)
        {
            throw Damaged(error.Message.Replace($"{Location}: ", "", StringComparison.Ordinal));
        }
    }

    private string? Difference(Dictionary<string, NDArray> arrays, JsonObject settings)
    {
        try
        {
            return JsonNode.Parse(Required(arrays, Settings).astype(typeof(byte)).Values<byte>()) is JsonObject made
                ? new ResultRecord { Settings = made }.DifferenceFrom(settings)
                : throw Damaged("its settings are no object");
        }
        catch (JsonException)
        {
            throw Damaged("its settings cannot be read");
        }
    }

    private NDArray Required(Dictionary<string, NDArray> arrays, string array) =>
        arrays.GetValueOrDefault(array) ?? throw Damaged($"it has no array {array}");

    private static NDArray[] Numbered(Dictionary<string, NDArray> arrays, string array) =>
        [.. Enumerable.Range(0, arrays.Count).Select(i => $"{array}{i}").TakeWhile(arrays.ContainsKey).Select(n => arrays[n])];
}
