using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using Misc = global::Training.Misc;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>Networks with labels, given by --class and --label, or left out.</summary>
public sealed class LabelledNetworkTests : IDisposable
{
    private const string Program = "StyleGan2.Encoder";
    private const string Zeros = "The network has labels of 3 components and none is given: zeros are taken";

    private static readonly string s_network = Golden.Path("cases", "labels", "network.pkl");

    private readonly ProjectImagesFolders _folders = new();

    private string Results => Path.Combine(_folders.Root, "results");

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task An_image_of_a_class_is_that_of_its_one_hot_label()
    {
        ToolResult result = await Run("generate-images", "--seeds=7", "--class=2");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.DoesNotContain(Zeros, result.Output, StringComparison.Ordinal);

        using NetworkSession opened = new(PretrainedNetworks.LoadNetworks(s_network).Gs, new TfConfig());
        RandomState random = new(7);
        NDArray latents = random.Randn(1, 8), label = new float[] { 0, 0, 1 }.ToNDArray(1, 3);
        foreach (Variable noise in NoiseVariables.Of(opened.Network))
        {
            opened.Session.Load(noise, random.Randn(noise.Shape.ToArray()).astype(typeof(float)));
        }

        NDArray expected = opened.Network.Run(
            [latents, label],
            new NetworkRunOptions { OutputTransform = new ImageConversion() },
            new EasyDict { ["randomize_noise"] = false, ["truncation_psi"] = 0.5 })[0];
        Misc.SaveImageGrid(expected, Path.Combine(_folders.Root, "expected.png"), (0, 255));
        Pictures.AssertSame(Path.Combine(_folders.Root, "expected.png"), Image("00000-generate-images", "seed0007.png"));
    }

    [Theory]
    [InlineData("label.json")]
    [InlineData("label.npy")]
    public async Task A_label_in_a_file_is_that_label(string name)
    {
        string label = Path.Combine(_folders.Root, name);
        File.WriteAllText(Path.Combine(_folders.Root, "label.json"), "[0, 1, 0]");
        File.WriteAllBytes(Path.Combine(_folders.Root, "label.npy"), np.save(new float[] { 0, 1, 0 }.ToNDArray(3)));
        await Run("generate-images", "--seeds=7", "--class=1");
        ToolResult result = await Run("generate-images", "--seeds=7", "--label", label);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Equal(
            File.ReadAllBytes(Image("00000-generate-images", "seed0007.png")),
            File.ReadAllBytes(Image("00001-generate-images", "seed0007.png")));
    }

    [Theory]
    [InlineData("generate-images --seeds=7", "seed0007.png")]
    [InlineData("style-mixing-example --row-seeds=7 --col-seeds=8 --col-styles=0", "7-8.png")]
    [InlineData("project-generated-images --seeds=7 --num-steps=1 --num-snapshots=1", "seed0007-target.png")]
    public async Task A_label_left_out_is_zeros_and_the_run_says_so(string commandLine, string image)
    {
        string[] words = commandLine.Split(' ');
        string none = Path.Combine(_folders.Root, "zeros.json");
        File.WriteAllText(none, "[0, 0, 0]");
        ToolResult[] results =
        [
            await Run(words[0], words[1..]),
            await Run(words[0], [.. words[1..], "--label", none]),
            await Run(words[0], [.. words[1..], "--class", "1"]),
        ];
        Assert.All(results, r => Assert.Equal((0, string.Empty), (r.ExitCode, r.Error)));
        Assert.Equal([true, false, false], results.Select(r => r.Output.Contains(Zeros, StringComparison.Ordinal)));
        byte[][] images = [.. Enumerable.Range(0, 3).Select(i => File.ReadAllBytes(Image($"{i:D5}-{words[0]}", image)))];
        Assert.Equal(images[0], images[1]);
        Assert.NotEqual(images[0], images[2]);
    }

    [Fact]
    public async Task A_projection_starts_at_the_mean_of_its_classs_W_and_another_class_is_another_setting()
    {
        Directory.CreateDirectory(_folders.Source);
        File.Copy(Golden.Path("cases", "labels", "a.png"), Path.Combine(_folders.Source, "a.png"));
        string[] flags = ["--network-pkl", s_network, "--num-steps", "1", "--initial-learning-rate", "0"];
        ToolResult result = await _folders.Run([.. flags, "--class", "1"]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));

        using NetworkSession opened = new(PretrainedNetworks.LoadNetworks(s_network).Gs, new TfConfig());
        float[] labels = [.. Enumerable.Range(0, 30000).Select(i => i % 3 == 1 ? 1f : 0f)];
        NDArray latents = new RandomState(123).Randn(10000, 8);
        NDArray dlatents = opened.Network.Components["mapping"].Run([latents, labels.ToNDArray(10000, 3)])[0];
        NDArray mean = dlatents.astype(typeof(double)).mean(0);
        Golden.AssertWithin(1e-5, mean, np.load_npy(Path.Combine(_folders.Target, "a.npy")), "the dlatents");

        ToolResult other = await _folders.Run([.. flags, "--class", "2"]);
        Assert.Contains("made with other settings (class 1 instead of 2), which are kept", other.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--class=3", "there is no class 3: the network's classes are 0 to 2")]
    [InlineData("--class=-1", "--class is -1; it must be a whole number, at least 0")]
    [InlineData("--class=1 --label=x.npy", "--class and --label both give a label")]
    [InlineData("--label=nowhere.npy", "nowhere.npy")]
    public async Task A_label_that_the_network_does_not_have_is_refused(string flags, string problem)
    {
        ToolResult result = await Run("generate-images", ["--seeds=7", .. flags.Split(' ')]);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(problem, result.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1, 2]", "it has 2 values; a label of the network has 3 finite ones")]
    [InlineData("{}", "not a JSON list of numbers")]
    [InlineData("[1, 2", "not a JSON list of numbers")]
    public async Task A_file_without_a_label_is_refused(string json, string problem)
    {
        string label = Path.Combine(_folders.Root, "label.json");
        File.WriteAllText(label, json);
        ToolResult result = await Run("generate-images", "--seeds=7", "--label", label);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {label}: {problem}", result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_without_labels_takes_no_class()
    {
        string network = Golden.Path("commands", "network.pkl");
        ToolResult result = await ToolProcess.Run(
            Program, "generate-images", "--result-dir", Results, "--network", network, "--seeds=7", "--class=0");
        Assert.Equal((1, "Error: the network has no labels; leave out --class"), (result.ExitCode, result.ErrorLine));
    }

    private string Image(string run, string name) => Path.Combine(Results, run, name);

    private Task<ToolResult> Run(string command, params string[] arguments) =>
        ToolProcess.Run(Program, [command, "--result-dir", Results, "--network", s_network, .. arguments]);
}
