using Dnnlib;
using Dnnlib.Pickle;
using Dnnlib.TfLib;
using Dnnlib.Torch;
using NumSharp;
using NumSharp.IO;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Networks;

public sealed class NetworkConversionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> TorchConfigurations =>
        [.. Directory.GetDirectories(Golden.Path("ada")).Select(d => Path.GetFileName(d)!).Order()];

    [Theory]
    [MemberData(nameof(TorchConfigurations))]
    public void PyTorchs_networks_as_a_TensorFlow_pickle_give_the_same_images(string configuration)
    {
        string output = _folder.File("out.pkl");
        NetworkConversion.Convert(Golden.Path("ada", configuration, "network.pkl"), output);

        using NpzFile golden = Golden.Npz("ada", configuration, "expect.npz");
        using Graph graph = new();
        using Session session = new(graph);
        EasyDict settings = new() { ["truncation_psi"] = 0.6, ["randomize_noise"] = false };
        NetworkFile converted = NetworkFile.Load(output);
        Golden.AssertWithin(
            1e-5, golden["images_psi0_6"], new Network(session, converted.Gs).Run([golden["z"], golden["c"]], null, settings)[0], "images");
        Golden.AssertWithin(1e-5, golden["D_scores"], new Network(session, converted.D).Run([golden["images"], golden["c"]])[0], "scores");
    }

    [Fact]
    public void Python_finds_the_build_functions_of_converted_networks_in_the_references_module()
    {
        string output = _folder.File("out.pkl");
        NetworkConversion.Convert(Golden.Path("ada", "ada-skip", "network.pkl"), output);
        string[] heads = [.. SystemPython.Lines(Golden.Path("pickle", "unpickle.py"), output).Where(l => l.Contains(" import "
            + "", StringComparison.Ordinal))];
        Assert.Equal(
            [
                "0 4 G G_main", "0/synthesis 4 G_synthesis G_synthesis_stylegan2", "0/mapping 4 G_mapping G_mapping", "1 4 D D_stylegan2",
                "2 4 Gs G_main", "2/synthesis 4 G_synthesis G_synthesis_stylegan2", "2/mapping 4 G_mapping G_mapping",
            ],
            heads.Select(h => h.Replace(" \"from training.networks_stylegan2 import *\\n\"", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("networks/config-f/network.pkl", "Gs/G_synthesis/4x4/Conv/weight")]
    [InlineData("ada/ada-skip/network.pkl", "D/4x4/Conv/weight")]
    [InlineData("lpips/lpips.pkl", null)]
    public void An_npz_has_every_variable_by_its_full_name(string input, string? example)
    {
        string output = _folder.File("out.npz");
        NetworkConversion.Convert(Golden.Path(input), output);

        Dictionary<string, NDArray> arrays = NpzArchive.Load(output).ToDictionary(a => a.Name, a => a.Value);
        Dictionary<string, NDArray> expected =
            NetworkFile.Load(Golden.Path(input)).Networks.SelectMany(n => Variables(n!, n!.Name)).ToDictionary(v => v.Name, v => v.Value);
        Assert.Equal([.. expected.Keys, "networks.pkl"], arrays.Keys);
        Assert.All(expected, v => Assert.Equal(v.Value.shape, arrays[v.Key].shape));
        Assert.All(expected, v => Assert.Equal(v.Value.Values<float>(), arrays[v.Key].Values<float>()));
        Assert.True(example is null || arrays.ContainsKey(example));
    }

    [Fact]
    public void Python_reads_the_npz()
    {
        string output = _folder.File("out.npz");
        NetworkConversion.Convert(Golden.Path("networks", "config-f", "network.pkl"), output);
        string[] lines = SystemPython.Lines(
            "-c",
            "import numpy, sys\nfor n, a in numpy.load(sys.argv[1]).items(): print(n, a.dtype.str, list(a.shape), a.tobytes().hex())",
            output);
        Assert.Equal(
            NpzArchive.Load(output).Select(
                a => $"{a.Name} {(a.Value.dtype == typeof(byte) ? "|u1" : "<f4")} [{string.Join(", ", a.Value.shape)}] "
                    + $"{System.Convert.ToHexStringLower(a.Value.Bytes())}"),
            lines);
    }

    [Theory]
    [InlineData("a.pt")]
    [InlineData("a_legacy.pt")]
    public void A_checkpoint_of_rosinality_goes_to_TensorFlow_and_back_without_a_change(string file)
    {
        string pickle = _folder.File("out.pkl"), back = _folder.File("back.pt");
        NetworkConversion.Convert(Golden.Path("rosinality", file), pickle);
        NetworkConversion.Convert(pickle, back);
        Dictionary<string, NDArray> before = Tensors(Golden.Path("rosinality", file)), after = Tensors(back);
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(before, t => Assert.Equal(t.Value.shape, after[t.Key].shape));
        Assert.All(before, t => Assert.Equal(t.Value.Values<float>(), after[t.Key].Values<float>()));
    }

    [Fact]
    public void TensorFlows_StyleGAN2_ADA_as_a_checkpoint_of_rosinality_gives_the_same_images()
    {
        string input = Golden.Path("cases", "ada-tensorflow", "ada_tf.pkl"), output = _folder.File("out.pt");
        NetworkConversion.Convert(input, output);
        using Graph graph = new();
        using Session session = new(graph);
        NDArray latents = new RandomState(4).Randn(2, 8);
        EasyDict settings = new() { ["truncation_psi"] = 0.6, ["randomize_noise"] = false };
        NDArray expected = new Network(session, NetworkFile.Load(input).Gs).Run([latents, null], null, settings)[0];
        Golden.AssertWithin(
            2e-6, expected, new Network(session, NetworkFile.Load(output).Gs).Run([latents, null], null, settings)[0], "images");
    }

    [Theory]
    [InlineData("ada/ada-labels-fp16/network.pkl", "labels")]
    [InlineData("networks/config-e-Gorig-Dskip/network.pkl", "another architecture than skip")]
    [InlineData("cases/not-square/20x12.pkl", "images that are not square")]
    [InlineData("cases/four-channels/network.pkl", "images that are not RGB")]
    [InlineData("networks/config-a/network.pkl", "a network that is not StyleGAN2's generator")]
    [InlineData("lpips/lpips.pkl", "a network that is not StyleGAN2's generator")]
    public void What_rosinalitys_program_does_not_have_is_refused_by_name(string input, string what)
    {
        string path = Golden.Path(input);
        string message = Assert.Throws<NotSupportedException>(() => NetworkConversion.Convert(path, _folder.File("out.pt"))).Message;
        Assert.StartsWith($"{path}: network ", message, StringComparison.Ordinal);
        Assert.EndsWith($": rosinality's StyleGAN2 cannot have {what}; write .pkl or .npz instead", message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void One_network_stays_one()
    {
        string output = _folder.File("out.pkl");
        NetworkConversion.Convert(Golden.Path("lpips", "lpips.pkl"), output);
        Assert.Single(NetworkFile.Load(output).Networks);
    }

    [Fact]
    public void Another_extension_is_refused_before_anything_is_read()
    {
        string message = Assert.Throws<ArgumentException>(() => NetworkConversion.Convert("none.pkl", "out.onnx")).Message;
        Assert.StartsWith(
            "out.onnx: the name of the output must end in .pkl, .npz or .pt, which says what is "
                + "written", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_that_is_no_network_is_refused_and_nothing_is_written()
    {
        string input = Golden.Path("pickle", "plain-4.pkl");
        Assert.StartsWith(
            input,
            Assert.Throws<InvalidDataException>(() => NetworkConversion.Convert(input, _folder.File("out.pkl"))).Message,
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static Dictionary<string, NDArray> Tensors(string path)
    {
        TorchFile file = TorchFile.Load(() => File.OpenRead(path), path);
        PickleDict all = Assert.IsType<PickleDict>(file.Content);
        Assert.True(all.TryGetValue("g_ema", out object? generator) && all.TryGetValue("latent_avg", out _));
        return all.Where(e => e.Key is not "g_ema").Concat(Assert.IsType<PickleDict>(generator))
            .ToDictionary(t => (string)t.Key, t => file.Tensors.Find(t.Value)!.ToNDArray());
    }

    private static IEnumerable<(string Name, NDArray Value)> Variables(NetworkState network, string path) =>
        network.Variables.Select(v => ($"{path}/{v.Name}", v.Value)).Concat(
            network.Components.Values.SelectMany(c => Variables(c, $"{path}/{c.Name}")));
}
