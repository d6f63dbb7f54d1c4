using System.Text.Json;

namespace StyleGan2.Encoder.Projection;

/// <summary>Seeds of a recorded Python run's random operations, so that a run here draws what that run drew (<c>--op-seeds</c>).</summary>
/// <param name="NoiseInit">The seeds of each noise map's initialiser.</param>
/// <param name="DlatentsNoise">The seeds of the noise added to dlatents.</param>
public sealed record OpSeeds(IReadOnlyList<(long Seed, long Seed2)> NoiseInit, (long Seed, long Seed2) DlatentsNoise)
{
    /// <summary>Reads seeds from a JSON file: <c>{"noise_init": [[seed, seed2], ...], "dlatents_noise": [seed, seed2]}</c>.</summary>
    /// <exception cref="InvalidDataException">The file is not of that form.</exception>
    public static OpSeeds Load(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            JsonElement root = document.RootElement;
            return new OpSeeds([.. root.GetProperty("noise_init").EnumerateArray().Select(Pair)], Pair(root.GetProperty("dlatents_noise")));
        }
        catch (Exception e) when (
            e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException(
                $"{path}: not a file of op seeds; needed is "
                    + $"{{\"noise_init\": [[seed, seed2], ...], \"dlatents_noise\": [seed, seed2]}}", e);
        }
    }

    private static (long Seed, long Seed2) Pair(JsonElement pair) => (pair[0].GetInt64(), pair[1].GetInt64());
}
