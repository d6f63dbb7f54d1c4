using Dnnlib;
using Dnnlib.Pickle;
using Dnnlib.TfLib;
using Dnnlib.Torch;
using NumSharp;
using NumSharp.IO;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Networks;

/// <summary>Checkpoints of rosinality's stylegan2-pytorch: W and images are what that program made of them.</summary>
public sealed class RosinalityTests : IDisposable
{
    private readonly Graph _graph = new();
    private readonly Session _session;
    private readonly TemporaryFolder _folder = new();

    public RosinalityTests() => _session = new Session(_graph);

    public void Dispose()
    {
        _session.Dispose();
        _graph.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("a.pt")]
    [InlineData("a_legacy.pt")]
    public void Its_W_and_images_are_as_exact_as_that_programs(string file)
    {
        using NpzFile expected = Golden.Npz("rosinality", "expect.npz");
        NetworkFile networks = NetworkFile.Load(Golden.Path("rosinality", file));
        Network gs = new(_session, networks.Gs);
        NDArray latents = expected["z"], two = latents[":2"].Contiguous();
        EasyDict whole = new() { ["truncation_psi"] = 1.0, ["randomize_noise"] = false };
        EasyDict truncated = new(whole) { ["truncation_psi"] = 0.7 };
        NDArray w = gs.Components["mapping"].Run([latents, null])[0];
        AssertAsExact(expected, "w", w[":, 0"].Contiguous());
        AssertAsExact(expected, "images", gs.Run([two, null], null, whole)[0]);
        AssertAsExact(expected, "images_trunc", gs.Run([two, null], null, truncated)[0]);
        AssertAsExact(expected, "images_wplus", gs.Components["synthesis"].Run([expected["wplus"]], null, whole)[0]);
    }

    [Fact]
    public void Every_variable_is_the_one_that_its_tensor_was_converted_from()
    {
        using NpzFile expected = Golden.Npz("rosinality", "tf_vars.npz");
        NetworkState gs = NetworkFile.Load(Golden.Path("rosinality", "a.pt")).Gs;
        Dictionary<string, NDArray> actual = All(gs, "").Where(v => v.Name != "lod").ToDictionary(v => v.Name, v => v.Value);
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(
            expected.Keys,
            n => Golden.AssertWithin(n.EndsWith("mod_bias", StringComparison.Ordinal) ? 1e-6 : 0, expected[n], actual[n], n));
    }

    [Fact]
    public void Only_the_networks_that_are_there_are_given()
    {
        NetworkFile networks = NetworkFile.Load(Golden.Path("rosinality", "a.pt"));
        Assert.Equal(new[] { true, true, false }, networks.Networks.Select(n => n is null));
        Assert.EndsWith(
            "it has no network D; give a file that has",
            Assert.Throws<InvalidDataException>(() => networks.D).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_mean_of_W_it_is_computed()
    {
        IReadOnlyList<(string, NDArray)> tensors = Tensors("a.pt");
        TorchWriter.Save(_folder.File("b.pt"), [("g_ema", tensors)]);
        NDArray computed = NetworkFile.Load(_folder.File("b.pt")).Gs.Variables.Single(v => v.Name == "dlatent_avg").Value;
        Golden.AssertWithin(
            0.1,
            NetworkFile.Load(Golden.Path("rosinality", "a.pt")).Gs.Variables.Single(v => v.Name == "dlatent_avg").Value,
            computed,
            "mean");
    }

    [Fact]
    public void Noise_that_old_files_do_not_have_is_drawn()
    {
        TorchWriter.Save(
            _folder.File("b.pt"),
            [("g_ema", Tensors("a.pt").Where(t => !t.Name.StartsWith("noises.", StringComparison.Ordinal)).ToList())]);
        NetworkState state = NetworkFile.Load(_folder.File("b.pt")).Gs;
        Assert.DoesNotContain(state.Components["synthesis"].Variables, v => v.Name.StartsWith("noise", StringComparison.Ordinal));
        Assert.Equal([1, 1, 32, 32], new Network(_session, state).GetVar("G_synthesis/noise6").shape);
    }

    [Fact]
    public void The_decoder_of_an_encoder_is_a_generator()
    {
        List<(
            string,
            NDArray)> tensors = [("encoder.input_layer.0.weight", np.zeros(new Shape(2), typeof(float))),
            .. Tensors("a.pt").Select(t => ($"decoder.{t.Name}", t.Value))];
        NDArray average = np.ones(new Shape(8, 16), typeof(float));
        TorchWriter.Save(_folder.File("encoder.pt"), [("state_dict", tensors), ("latent_avg", average)]);
        NetworkState state = Assert.Single(NetworkFile.Load(_folder.File("encoder.pt")).Networks)!;
        Assert.Equal(Enumerable.Repeat(1f, 16), state.Variables.Single(v => v.Name == "dlatent_avg").Value.Values<float>());
        Assert.Equal(32, state.StaticKwargs.Get<int>("resolution"));
    }

    [Fact]
    public void A_generator_alone_is_one_network()
    {
        TorchWriter.Save(_folder.File("b.pt"), [.. Tensors("a.pt").Select(t => (t.Name, (object)t.Value))]);
        Assert.Equal("G_main", Assert.Single(NetworkFile.Load(_folder.File("b.pt")).Networks)!.BuildFuncName.Split('.')[^1]);
    }

    [Fact]
    public void Blocks_whose_feature_maps_follow_no_rule_are_refused()
    {
        (
            string Name,
            NDArray Value)[] tensors = [.. Tensors("a.pt").Select(
                t => t.Name == "convs.3.conv.weight" ? (t.Name, np.zeros(new Shape(1, 13, 12, 3, 3), typeof(float))) : t)];
        TorchWriter.Save(_folder.File("b.pt"), [("g_ema", tensors.ToList())]);
        string message = Assert.Throws<InvalidDataException>(() => NetworkFile.Load(_folder.File("b.pt")).Gs).Message;
        Assert.Equal(
            $"{_folder.File("b.pt")}: its network Gs cannot be read: its blocks have 20, 20, 13, 6 feature maps; "
            + "from block to block they must stay at the most or be halved",
            message);
    }

    [Fact]
    public void Its_discriminator_gives_the_scores_of_the_references_with_the_same_weights()
    {
        NetworkState reference = NetworkFile.Load(Golden.Path("cases", "ada-tensorflow", "same_weights_as_stylegan2.pkl")).D;
        Dictionary<string, NDArray> v = reference.Variables.ToDictionary(d => d.Name, d => d.Value);
        List<(string, NDArray)> tensors =
        [
            ("convs.0.0.weight", Convolution("16x16/FromRGB")), ("convs.0.1.bias", v["16x16/FromRGB/bias"]),
            .. Block("convs.1", "16x16"), .. Block("convs.2", "8x8"),
            ("final_conv.0.weight", Convolution("4x4/Conv")), ("final_conv.1.bias", v["4x4/Conv/bias"]),
            ("final_linear.0.weight", v["4x4/Dense0/weight"].transpose().Contiguous()), ("final_linear.0.bias", v["4x4/Dense0/bias"]),
            ("final_linear.1.weight", v["Output/weight"].transpose().Contiguous()), ("final_linear.1.bias", v["Output/bias"]),
        ];
        TorchWriter.Save(_folder.File("b.pt"), [("d", tensors), ("g_ema", Tensors("a.pt"))]);
        NDArray images = new RandomState(3).Randn(4, 3, 16, 16);
        NDArray expected = new Network(_session, reference).Run([images, null])[0];
        Golden.AssertWithin(
            1e-6, expected, new Network(_session, NetworkFile.Load(_folder.File("b.pt")).D).Run([images, null])[0], "scores");

        NDArray Convolution(string scope) => v[$"{scope}/weight"].transpose([3, 2, 0, 1]).Contiguous();

        IEnumerable<(string, NDArray)> Block(string name, string scope) =>
        [
            ($"{name}.conv1.0.weight", Convolution($"{scope}/Conv0")), ($"{name}.conv1.1.bias", v[$"{scope}/Conv0/bias"]),
            ($"{name}.conv2.1.weight", Convolution($"{scope}/Conv1_down")), ($"{name}.conv2.2.bias", v[$"{scope}/Conv1_down/bias"]),
            ($"{name}.skip.1.weight", Convolution($"{scope}/Skip")),
        ];
    }

    private static void AssertAsExact(NpzFile expected, string name, NDArray actual)
    {
        double theirs = Golden.RelativeDifference(expected[$"{name}_float64"], expected[name]);
        Golden.AssertWithin(Math.Max(2 * theirs, 2e-6), expected[$"{name}_float64"], actual, name);
    }

    private static IReadOnlyList<(string Name, NDArray Value)> Tensors(string file)
    {
        using TemporaryFolder folder = new();
        TorchFile content = TorchFile.Load(() => File.OpenRead(Golden.Path("rosinality", file)), file);
        PickleDict all = Assert.IsType<PickleDict>(content.Content);
        Assert.True(all.TryGetValue("g_ema", out object? tensors));
        return [.. Assert.IsType<PickleDict>(tensors).Select(t => ((string)t.Key, content.Tensors.Find(t.Value)!.ToNDArray()))];
    }

    private static IEnumerable<(string Name, NDArray Value)> All(NetworkState network, string prefix) =>
        network.Variables.Select(v => (prefix + v.Name, v.Value)).Concat(
            network.Components.Values.SelectMany(c => All(c, $"{prefix}{c.Name}/")));
}
