namespace StyleGan2.Encoder.Projection;

/// <summary>
/// Settings of a projection by a word. docs/performance.md shows how they were found and what distance each reaches over time.
/// </summary>
public static class ProjectionPreset
{
    /// <summary>The settings of Python's <c>projector.Projector</c>.</summary>
    public const string Reference = "reference";

    /// <summary>The reference's distance, or less, in a fifth of its steps.</summary>
    public const string Fast = "fast";

    /// <summary>Less than two thirds of the reference's distance in as many steps.</summary>
    public const string Best = "best";

    /// <summary>Adam that forgets sooner, and less noise, which ends sooner.</summary>
    private static readonly ProjectorOptions s_quick =
        new() { InitialNoiseFactor = 0.005, NoiseRampLength = 0.4, AdamBeta1 = 0.8, AdamBeta2 = 0.9 };

    private static readonly Dictionary<string, ProjectorOptions> s_presets = new()
    {
        [Reference] = new ProjectorOptions(),
        [Fast] = s_quick with { NumSteps = 200 },
        [Best] = s_quick,
    };

    /// <summary>The presets' names.</summary>
    public static IReadOnlyCollection<string> Names => s_presets.Keys;

    /// <summary>A preset's settings.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static ProjectorOptions Of(string name) => s_presets.TryGetValue(name, out ProjectorOptions? options)
        ? options
        : throw new ArgumentException($"there is no preset {name}; there are {string.Join(", ", Names)}", nameof(name));
}
