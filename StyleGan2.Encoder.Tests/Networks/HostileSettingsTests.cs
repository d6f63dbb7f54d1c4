using System.Diagnostics;
using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Networks;

/// <summary>
/// Settings that no network has: each is refused in one line that names it, its value and what it may be, in bounded time and memory.
/// </summary>
public sealed class HostileSettingsTests : IDisposable
{
    // Building a graph takes memory; none is taken for what a file asks for and does not hold.
    private const long MostMemory = 256 << 20;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, object?, string> Values => new()
    {
        { "resolution", 1L << 20, "resolution is 1048576; it must be a power of two from 4 to 4096" },
        { "resolution", 1L << 30, "resolution is 1073741824" },
        { "resolution", 0L, "resolution is 0" },
        { "resolution", -16L, "resolution is -16" },
        { "resolution", 17L, "resolution is 17" },
        { "resolution", 16.5, "resolution is 16.5" },
        { "resolution", "16", "resolution is '16'" },
        { "resolution", null, "resolution is None" },
        { "resolution", double.NaN, "resolution is NaN" },
        { "resolution", 32L, "cannot be built with its settings" },
        { "resolution", 4096L, "does not have: " },
        { "fmap_max", 1_000_000_000L, "fmap_max is 1000000000; it must be a whole number from 1 to 8192" },
        { "fmap_max", 8192L, "of shape" },
        { "fmap_base", 1L << 40, "fmap_base is 1099511627776" },
        { "fmap_decay", double.NaN, "fmap_decay is NaN; it must be a number from 0 to 100" },
        { "fmap_decay", -100L, "fmap_decay is -100" },
        { "fmap_min", 9000L, "fmap_min is 9000" },
        { "num_channels", 1_000_000_000L, "num_channels is 1000000000; it must be a whole number from 1 to 1024" },
        { "num_channels", 0L, "num_channels is 0" },
        { "num_channels", 1024L, "of shape" },
        { "mapping_layers", 10_000L, "mapping_layers is 10000; it must be a whole number from 0 to 100" },
        { "mapping_layers", -1L, "mapping_layers is -1" },
        { "mapping_fmaps", 0L, "mapping_fmaps is 0" },
        { "mapping_lrmul", double.PositiveInfinity, "mapping_lrmul is Infinity" },
        { "mapping_nonlinearity", "soft", "mapping_nonlinearity is 'soft'; it must be one of linear, relu, lrelu" },
        { "label_size", 1_000_000_000L, "label_size is 1000000000; it must be a whole number from 0 to 65536" },
        { "label_size", 65536L, "of shape" },
        { "latent_size", 0L, "latent_size is 0" },
        { "latent_size", 1_000_000_000L, "latent_size is 1000000000" },
        { "dlatent_size", 0L, "dlatent_size is 0" },
        { "dlatent_size", 1_000_000_000L, "dlatent_size is 1000000000" },
        { "dlatent_broadcast", -1L, "dlatent_broadcast is -1; it must be a whole number from 1 to 100 or None" },
        { "architecture", "spiral", "architecture is 'spiral'; it must be one of orig, skip, resnet" },
        { "nonlinearity", 3L, "nonlinearity is 3" },
        { "resample_kernel", "1331", "resample_kernel is '1331'; it must be a list of 1 to 16 numbers whose sum is not 0 or None" },
        { "resample_kernel", Repeated(100_000), "resample_kernel is [" },
        { "resample_kernel", new List<object?>(), "resample_kernel is []" },
        { "resample_kernel", new List<object?> { new List<object?> { 1L } }, "resample_kernel is [[1]]" },
        { "resample_kernel", new EasyDict { ["a"] = 1L }, "resample_kernel is {a=1}" },
        { "resample_kernel", new List<object?> { double.NaN, 1L }, "resample_kernel is [NaN, 1]" },
        { "resample_kernel", new List<object?> { 0L, 0L }, "resample_kernel is [0, 0]" },
        { "resample_kernel", new List<object?> { 1e40 }, "resample_kernel is [1E+40]" },
        { "resample_kernel", 1e40, "resample_kernel is 1E+40" },
        { "resample_kernel", np.ones(new Shape(4, 4), typeof(float)), "resample_kernel is" },
        { "truncation_psi", "0.5", "truncation_psi is '0.5'; it must be a number or None" },
        { "truncation_psi", new List<object?> { 1L }, "truncation_psi is [1]" },
        { "truncation_cutoff", "all", "truncation_cutoff is 'all'" },
        { "synthesis_func", 1L, "synthesis_func is 1; it must be the name of a function" },
        { "min_h", 1_000_000L, "min_h is 1000000; it must be a whole number from 1 to 64 or None" },
        { "res_log2", 1000L, "res_log2 is 1000; it must be a whole number from 0 to 12 or None" },
        { "res_log2", 12L, "are larger than" },
        { "use_noise", "yes", null! },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Values))]
    public void A_setting_that_no_network_has_is_refused_in_one_line(string setting, object? value, string? message)
    {
        NetworkState gs = Small;
        string path = _folder.File("hostile.pkl");
        NetworkPickle.Save(path, Changed(gs, setting, value));

        using Graph graph = new();
        using Session session = new(graph);
        Stopwatch watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? error = Record.Exception(() => new Network(session, NetworkFile.Load(path).Gs));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, s_longest);
        if (message is null)
        {
            Assert.Null(error);
            return;
        }

        string refusal = Assert.IsType<InvalidDataException>(error).Message;
        Assert.StartsWith($"{path}: network ", refusal, StringComparison.Ordinal);
        Assert.Contains(message, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal, char.IsControl);
        Assert.InRange(refusal.Length - path.Length, 0, 300);
    }

    [Fact]
    public void The_most_layers_that_settings_may_ask_for_are_built_and_run()
    {
        using Graph graph = new();
        using Session session = new(graph);
        EasyDict settings = new()
        {
            ["latent_size"] = 2L, ["dlatent_size"] = 2L, ["mapping_fmaps"] = 2L, ["mapping_layers"] = 100L, ["dlatent_broadcast"] = 100L,
        };
        Network mapping = new(session, "G_mapping", "training.networks_stylegan2.G_mapping", settings);
        NDArray dlatents = mapping.Run([np.ones(new Shape(1, 2), typeof(float)), null])[0];
        Assert.Equal([1, 100, 2], dlatents.shape);
    }

    [Fact]
    public void A_component_that_the_file_does_not_have_is_refused()
    {
        NetworkState gs = NetworkFile.Load(Golden.Path("cases", "ada-tensorflow", "ada_tf.pkl")).Gs;
        NetworkState without = gs with { Components = gs.Components.Where(c => c.Key != "mapping").ToDictionary() };
        Assert.EndsWith(": network Gs: its file has no component mapping", Refusal(without), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mapping", "D_stylegan2")]
    [InlineData("synthesis", "G_mapping")]
    [InlineData("synthesis", "G_main")]
    public void A_component_that_another_function_builds_is_refused(string component, string function)
    {
        NetworkState gs = Small;
        NetworkState changed = gs.Components[component] with { BuildFuncName = function };
        NetworkState other = gs with { Components = new Dictionary<string, NetworkState>(gs.Components) { [component] = changed } };
        Assert.StartsWith($"{gs.File}: network ", Refusal(other), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fmap_max", 8192L)]
    [InlineData("num_channels", 1024L)]
    [InlineData("latent_size", 8192L)]
    [InlineData("resolution", 4096L)]
    public void A_variable_that_the_file_does_not_have_so_is_not_made(string setting, long value)
    {
        NetworkState gs = Small;
        long held = All(gs).Sum(v => v.Value.size);
        using Graph graph = new();
        using Session session = new(graph);
        Assert.Throws<InvalidDataException>(() => new Network(session, Changed(gs, setting, value)));
        Assert.InRange(graph.Variables.Sum(v => v.Shape.Elements!.Value), 0, held + (1 << 20));
        Assert.InRange(graph.Variables.Count(), 0, All(gs).Count() + 64);
    }

    [Fact]
    public void What_components_lack_is_counted_together()
    {
        NetworkState gs = Small;
        NetworkState empty = gs.Components["mapping"] with
        {
            StaticKwargs = new EasyDict { ["latent_size"] = 512L, ["dlatent_size"] = 512L, ["mapping_layers"] = 3L },
            Variables = [],
        };
        Dictionary<string, NetworkState> components =
            Enumerable.Range(0, 12).ToDictionary(i => $"c{i}", i => empty with { Name = $"c{i}" });
        Assert.Contains("does not have: ", Refusal(gs with { Components = components }), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_are_taken_over_only_after_all_components_are_known_to_fit()
    {
        NetworkState gs = Small;
        using Graph graph = new();
        using Session session = new(graph);
        Assert.Throws<InvalidDataException>(() => new Network(session, gs with { Variables = [("more", NDArray.Scalar(0f))] }));
        Variable weight = graph.Variables.First(v => v.Name.EndsWith("Dense0/weight", StringComparison.Ordinal));
        string problem = Assert.Throws<InvalidOperationException>(() => session.Value(weight)).Message;
        Assert.Contains("has no value yet", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_is_no_number_is_refused()
    {
        NetworkState gs = Small;
        NetworkState other = gs with { Variables = [("lod", NDArray.Scalar(default(System.Numerics.Complex))), gs.Variables[1]] };
        Assert.EndsWith(
            "its file has variable lod of type Complex; its values must be real numbers", Refusal(other), StringComparison.Ordinal);
    }

    private static NetworkState Small => NetworkFile.Load(Golden.Path("cases", "ada-tensorflow", "same_weights_as_stylegan2.pkl")).Gs;

    private static IEnumerable<(string Name, NDArray Value)> All(NetworkState network) =>
        network.Variables.Concat(network.Components.Values.SelectMany(All));

    private static string Refusal(NetworkState state)
    {
        using Graph graph = new();
        using Session session = new(graph);
        return Assert.Throws<InvalidDataException>(() => new Network(session, state)).Message;
    }

    private static List<object?> Repeated(int count) => [.. Enumerable.Repeat<object?>(1L, count)];

    private static NetworkState Changed(NetworkState state, string setting, object? value) => state with
    {
        StaticKwargs = new EasyDict(state.StaticKwargs) { [setting] = value },
        Components = state.Components.ToDictionary(c => c.Key, c => Changed(c.Value, setting, value)),
    };
}
