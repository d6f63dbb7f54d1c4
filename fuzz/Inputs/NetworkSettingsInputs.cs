using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using Training.Networks;

namespace Fuzz.Inputs;

/// <summary>Networks whose settings ask for what no network has.</summary>
internal static class NetworkSettingsInputs
{
    private const string Kind = "network settings";
    private const long Huge = 1_000_000_000;

    private static readonly string[] s_sizes =
    [
        "resolution", "num_channels", "latent_size", "label_size", "dlatent_size", "fmap_base", "fmap_max", "fmap_min", "mapping_layers",
        "mapping_fmaps", "dlatent_broadcast", "min_h", "min_w", "res_log2", "mbstd_group_size", "mbstd_num_features", "fmap_const",
    ];

    private static readonly (string Name, object? Value)[] s_sizeValues =
        [("0", 0L), ("-1", -1L), ("1e9", Huge), ("4096", 4096L), ("text", "16"), ("2^62", 1L << 62)];

    private static readonly (string Setting, string Name, object? Value)[] s_others =
    [
        ("resolution", "2^20", 1L << 20), ("resolution", "2^30", 1L << 30), ("resolution", "fraction", 16.5), ("resolution", "none", null),
        ("mapping_layers", "1e4", 10_000L), ("mapping_layers", "100", 100L), ("fmap_decay", "nan", double.NaN),
        ("fmap_decay", "-100", -100L),
        ("fmap_decay", "inf", double.PositiveInfinity), ("resample_kernel", "millions", Repeated(2_000_000)),
        ("resample_kernel", "text", "1331"), ("resample_kernel", "empty", new List<object?>()),
        ("resample_kernel", "nested", new List<object?> { new List<object?> { 1L, 2L } }),
        ("resample_kernel", "dictionary", new EasyDict { ["a"] = 1L }), ("resample_kernel", "large", new List<object?> { 1e40 }),
        ("resample_kernel", "nan", new List<object?> { double.NaN, 1L }), ("resample_kernel", "zeros", new List<object?> { 0L, 0L }),
        ("resample_kernel", "2-D", np.ones(new Shape(4, 4), typeof(float))), ("resample_kernel", "16", Repeated(16)),
        ("truncation_psi", "text", "half"), ("truncation_psi", "list", new List<object?> { 1L }), ("truncation_psi", "nan", double.NaN),
        ("truncation_cutoff", "text", "all"), ("truncation_cutoff", "list", new List<object?> { 1L }), ("truncation_cutoff", "1e9", Huge),
        ("nonlinearity", "number", 3L), ("nonlinearity", "long", new string('x', 100_000)), ("architecture", "other", "spiral"),
        ("synthesis_func", "number", 1L), ("synthesis_func", "module", "os.system"), ("mapping_func", "itself", "G_main"),
        ("use_noise", "text", "yes"), ("randomize_noise", "list", new List<object?>()), ("normalize_latents", "2", 2L),
    ];

    internal static IEnumerable<HostileInput> All()
    {
        NetworkState gs = NetworkFile.Load(Samples.GoldenPath("cases", "ada-tensorflow", "same_weights_as_stylegan2.pkl")).Gs;
        IEnumerable<(string Setting, string Name, object? Value)> sizes =
            s_sizes.SelectMany(s => s_sizeValues.Select(v => (s, v.Name, v.Value)));
        foreach ((string setting, string name, object? value) in sizes.Concat(s_others))
        {
            yield return NetworkCommands.Evaluated(Kind, $"{setting}-{name}", "network.pkl", () => Pickle(Changed(gs, setting, value)));
        }

        yield return NetworkCommands.Evaluated(Kind, "nan-weights", "network.pkl", () => Pickle(WithNaN(gs)));
        yield return NetworkCommands.Evaluated(Kind, "no-variables", "network.pkl", () => Pickle(WithoutVariables(gs)));
        yield return NetworkCommands.Evaluated(Kind, "many-components", "network.pkl", () => Pickle(ManyComponents(gs, 15)));
        yield return NetworkCommands.Evaluated(Kind, "too-many-components", "network.pkl", () => Pickle(ManyComponents(gs, 90)));
        for (int depth = 4; depth <= 1024; depth *= 4)
        {
            int levels = depth;
            yield return NetworkCommands.Evaluated(Kind, $"nested-{depth}", "network.pkl", () => Pickle(Nested(gs, levels)));
        }

        foreach (string function in new[] { "D_stylegan2", "G_mapping", "G_synthesis_stylegan_revised", "D_basic", "nothing" })
        {
            yield return NetworkCommands.Evaluated(Kind, $"built-by-{function}", "network.pkl", () => Pickle(BuiltBy(gs, function)));
        }
    }

    private static byte[] Pickle(NetworkState network)
    {
        using MemoryStream stream = new();
        NetworkPickle.Write(stream, [network]);
        return stream.ToArray();
    }

    private static NetworkState Changed(NetworkState state, string setting, object? value) => state with
    {
        StaticKwargs = new EasyDict(state.StaticKwargs) { [setting] = value },
        Components = state.Components.ToDictionary(c => c.Key, c => Changed(c.Value, setting, value)),
    };

    private static NetworkState WithNaN(NetworkState state) => state with
    {
        Variables = [.. state.Variables.Select(v => (v.Name, v.Value * float.NaN))],
    };

    private static NetworkState WithoutVariables(NetworkState state) => state with
    {
        Variables = [],
        Components = state.Components.ToDictionary(c => c.Key, c => WithoutVariables(c.Value)),
    };

    /// <summary>Components that ask for all that a file may lack, each.</summary>
    private static NetworkState ManyComponents(NetworkState state, int count) => state with
    {
        Components = Enumerable.Range(0, count).ToDictionary(i => $"c{i}", i => state.Components["mapping"] with
        {
            Name = $"c{i}",
            Variables = [],
            StaticKwargs = new EasyDict { ["mapping_layers"] = 100L, ["mapping_fmaps"] = 90L, ["latent_size"] = 90L },
        }),
    };

    private static NetworkState Nested(NetworkState state, int depth)
    {
        NetworkState nested = state;
        for (int i = 0; i < depth; i++)
        {
            NetworkState inner = nested;
            nested = state with { Components = new Dictionary<string, NetworkState> { ["c"] = inner } };
        }

        return nested;
    }

    private static NetworkState BuiltBy(NetworkState state, string function) => state with
    {
        Components = state.Components.ToDictionary(c => c.Key, c => c.Value with { BuildFuncName = function }),
    };

    private static List<object?> Repeated(int count) => [.. Enumerable.Repeat<object?>(1L, count)];
}
