using System.Text.Json;
using NumSharp;
using StyleGan2.Encoder.Projection;
using TensorGraph.Numpy;
using Training;

namespace StyleGan2.Encoder.Comparison;

/// <summary>
/// A projection that the Python program made, recorded by <c>samples/record_reference.py</c>: its settings, random numbers and values on
/// the way.
/// </summary>
internal sealed class Recording
{
    private const string Settings = "projector.json";
    private const string Arrays = "expect.npz";
    private const string Scatters = "reference_scatter.json";

    private readonly Dictionary<string, NDArray> _values;
    private readonly Dictionary<string, double> _scatter = [];

    /// <summary>Reads a recording.</summary>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="InvalidDataException">A file is damaged, or something is missing in it.</exception>
    /// <exception cref="IOException">The folder or a file in it cannot be read.</exception>
    internal Recording(string folder)
    {
        Folder = folder;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: there is no such folder; give one that samples/record_reference.py made");
        }

        _values = NpzArchive.Load(File(Arrays)).ToDictionary(a => a.Name, a => a.Value);
        JsonElement settings = Json(Settings);
        Options = Read(Settings, () => new ProjectorOptions
        {
            NumSteps = settings.GetProperty("num_steps").GetInt32(),
            InitialLearningRate = settings.GetProperty("initial_learning_rate").GetDouble(),
            InitialNoiseFactor = settings.GetProperty("initial_noise_factor").GetDouble(),
            OpSeeds = new OpSeeds([.. Value("initial_noise_seeds").Values<long>().Chunk(2).Select(s => (s[0], s[1]))], (1, 1)),
        });
        KeptAfterSteps = Read<IReadOnlySet<int>>(
            Settings, () => settings.GetProperty("kept_after_steps").EnumerateArray().Select(s => s.GetInt32()).ToHashSet());
        HasScatter = System.IO.File.Exists(File(Scatters));
        if (HasScatter)
        {
            JsonElement scatter = Json(Scatters);
            _scatter = Read(
                Scatters,
                () =>
                    scatter.GetProperty("relative_to_largest_value").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDouble()));
        }

        CheckSteps();
    }

    /// <summary>Its folder.</summary>
    internal string Folder { get; }

    /// <summary>The network that was projected into.</summary>
    internal string NetworkPkl => File("network.pkl");

    /// <summary>The settings of the projection, with the seeds of its noise maps.</summary>
    internal ProjectorOptions Options { get; }

    /// <summary>After which steps dlatents, images and noise maps were kept.</summary>
    internal IReadOnlySet<int> KeptAfterSteps { get; }

    /// <summary>Whether it knows how far the reference scatters from itself.</summary>
    internal bool HasScatter { get; }

    /// <summary>The target in [-1, 1], float32 [1, channels, height, width].</summary>
    /// <exception cref="InvalidDataException">The file of the target is damaged.</exception>
    internal NDArray Target
    {
        get
        {
            NDArray levels = NpyFile.Load(File("target_uint8.npy"));
            return Misc.AdjustDynamicRange(levels.reshape([1, .. levels.shape]), (0, 255), (-1, 1));
        }
    }

    /// <summary>Whether the recording has a value of that name.</summary>
    internal bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A value recorded, such as <c>step5_dlatents</c>.</summary>
    /// <exception cref="InvalidDataException">The recording has none of that name.</exception>
    internal NDArray Value(string name) =>
        _values.TryGetValue(name, out NDArray? value) ? value : throw new InvalidDataException(
            $"{File(Arrays)}: it has no array {name}; record it again with samples/record_reference.py");

    /// <summary>
    /// How far the reference's own runs are from each other in a value, in relation to its largest; null where that is not known.
    /// </summary>
    internal double? Scatter(string name) => _scatter.TryGetValue(name, out double scatter) ? scatter : null;

    private string File(string name) => Path.Combine(Folder, name);

    private JsonElement Json(string name)
    {
        using FileStream stream = System.IO.File.OpenRead(File(name));
        return Read(name, () => JsonSerializer.Deserialize<JsonElement>(stream));
    }

    private T Read<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidDataException($"{File(name)}: not as samples/record_reference.py writes it ({e.Message}); record it again", e);
        }
    }

    private void CheckSteps()
    {
        foreach (string name in (string[])["dlatent_normals", "noise_strength", "learning_rate", "dist", "loss"])
        {
            NDArray series = Value(name);
            if (series.ndim == 0 || series.shape[0] != Options.NumSteps)
            {
                throw new InvalidDataException($"{File(Arrays)}: {name} has shape [{string.Join(", ", series.shape)}], "
                    + $"not one value for each of {Options.NumSteps} steps; record it again");
            }
        }
    }
}
