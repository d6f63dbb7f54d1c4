using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Networks;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Networks;

/// <summary>
/// Pickles of TensorFlow's StyleGAN2-ADA: two files hold the same weights, one under StyleGAN2-ADA's functions, one under StyleGAN2's.
/// </summary>
public sealed class AdaTensorFlowTests : IDisposable
{
    private const double Bound = 4e-6;

    private readonly Graph _graph = new();
    private readonly Session _session;
    private readonly NetworkFile _ada = NetworkFile.Load(Golden.Path("cases", "ada-tensorflow", "ada_tf.pkl"));
    private readonly NetworkFile _same = NetworkFile.Load(Golden.Path("cases", "ada-tensorflow", "same_weights_as_stylegan2.pkl"));

    public AdaTensorFlowTests() => _session = new Session(_graph);

    private static NDArray Latents => new RandomState(5).Randn(4, 8);

    public void Dispose()
    {
        _session.Dispose();
        _graph.Dispose();
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.5)]
    [InlineData(1.3)]
    public void Generators_give_the_same_images(double psi)
    {
        EasyDict settings = new() { ["truncation_psi"] = psi };
        Golden.AssertWithin(Bound, Images(_same.Gs, settings), Images(_ada.Gs, settings), "Gs");
        Golden.AssertWithin(Bound, Images(_same.G, settings), Images(_ada.G, settings), "G");
        settings["truncation_cutoff"] = 2;
        Golden.AssertWithin(Bound, Images(_same.Gs, settings), Images(_ada.Gs, settings), "Gs, two layers truncated");
    }

    [Fact]
    public void Without_settings_images_are_truncated_as_StyleGAN2s_are() =>
        Golden.AssertWithin(Bound, Images(_same.Gs, []), Images(_ada.Gs, []), "Gs");

    [Fact]
    public void Mappings_give_the_same_W()
    {
        NDArray expected = new Network(_session, _same.Gs).Components["mapping"].Run([Latents, null])[0];
        Golden.AssertWithin(Bound, expected, new Network(_session, _ada.Gs).Components["mapping"].Run([Latents, null])[0], "W");
    }

    [Fact]
    public void Discriminators_give_the_same_scores()
    {
        NDArray images = Images(_same.Gs, []);
        Golden.AssertWithin(
            Bound, new Network(_session, _same.D).Run([images, null])[0], new Network(_session, _ada.D).Run([images, null])[0], "scores");
    }

    [Fact]
    public void A_discriminators_group_is_the_whole_minibatch_where_its_size_is_left_out()
    {
        NDArray images = Images(_same.Gs, []);
        NetworkState all = _ada.D with { StaticKwargs = new EasyDict(_ada.D.StaticKwargs) { ["mbstd_group_size"] = null } };
        NetworkState pairs = _ada.D with { StaticKwargs = new EasyDict(_ada.D.StaticKwargs) { ["mbstd_group_size"] = 2 } };
        Assert.Equal(
            new Network(_session, _ada.D).Run([images, null])[0].Values<float>(),
            new Network(_session, all).Run([images, null])[0].Values<float>());
        NDArray ofAll = new Network(_session, all).Run([images, null])[0], ofPairs = new Network(_session, pairs).Run([images, null])[0];
        Assert.True(Golden.RelativeDifference(ofAll, ofPairs) > 1e-4);
    }

    [Fact]
    public void The_limit_of_convolutions_holds_back_what_is_larger()
    {
        Network limited = new Network(_session, _ada.Gs).Clone(
            newStaticKwargs: new EasyDict { ["conv_clamp"] = 0.125, ["architecture"] = "orig" });
        EasyDict settings = new() { ["randomize_noise"] = false };
        Assert.Equal(0.125, Golden.Largest(limited.Run([Latents, null], null, settings)[0]));
    }

    [Fact]
    public void A_generator_without_noise_has_no_noise_variables_and_the_images_of_one_whose_noise_has_no_strength()
    {
        Network silent = new(_session, _ada.Gs);
        foreach (string name in silent.Vars.Keys.Where(n => n.EndsWith("/noise_strength", StringComparison.Ordinal)))
        {
            silent.SetVar(name, NDArray.Scalar(0f));
        }

        NetworkState without = Changed(_ada.Gs, "use_noise", false, v => !v.Contains("noise", StringComparison.Ordinal));
        Assert.DoesNotContain(new Network(_session, without).Vars.Keys, n => n.Contains("noise", StringComparison.Ordinal));
        EasyDict settings = new() { ["randomize_noise"] = false };
        Golden.AssertWithin(Bound, silent.Run([Latents, null], null, settings)[0],
            new Network(_session, without).Run([Latents, null], null, settings)[0], "images");
    }

    [Theory]
    [InlineData("use_pagan")]
    [InlineData("use_spectral_norm")]
    public void What_only_that_program_has_is_refused_by_name(string setting)
    {
        NetworkState state = Changed(_ada.D, setting, true, _ => true);
        string message = Assert.Throws<InvalidDataException>(() => new Network(_session, state)).Message;
        Assert.EndsWith($"network D: {setting} is True; it must be left out, as this program has nothing like it", message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Converted_it_keeps_its_layout_functions_and_images()
    {
        using TemporaryFolder folder = new();
        NetworkConversion.Convert(Golden.Path("cases", "ada-tensorflow", "ada_tf.pkl"), folder.File("out.pkl"));
        NetworkFile converted = NetworkFile.Load(folder.File("out.pkl"));
        Assert.Equal((5, "G_main", "G_synthesis", "D_main"),
            (converted.Gs.Version, converted.Gs.BuildFuncName, converted.Gs.Components["synthesis"].BuildFuncName,
                converted.D.BuildFuncName));
        Assert.Equal(Images(_ada.Gs, []).Values<float>(), Images(converted.Gs, []).Values<float>());
    }

    [Fact]
    public void PyTorchs_networks_with_labels_are_converted_to_this_programs_functions()
    {
        using TemporaryFolder folder = new();
        NetworkConversion.Convert(Golden.Path("ada", "ada-labels-fp16", "network.pkl"), folder.File("out.pkl"));
        NetworkFile converted = NetworkFile.Load(folder.File("out.pkl"));
        Assert.Equal((5, "from training.networks import *\n"), (converted.Gs.Version, converted.Gs.BuildModuleSrc));
        NetworkState[] all = [converted.Gs, .. converted.Gs.Components.Values, converted.D];
        Assert.Equal(["G_main", "G_synthesis", "G_mapping", "D_main"], all.Select(n => n.BuildFuncName));
    }

    private static NetworkState Changed(NetworkState state, string setting, object value, Func<string, bool> keeps) => state with
    {
        StaticKwargs = new EasyDict(state.StaticKwargs) { [setting] = value },
        Variables = [.. state.Variables.Where(v => keeps(v.Name))],
        Components = state.Components.ToDictionary(c => c.Key, c => Changed(c.Value, setting, value, keeps)),
    };

    private NDArray Images(NetworkState state, EasyDict settings) =>
        new Network(_session, state).Run([Latents, null], null, new EasyDict(settings) { ["randomize_noise"] = false })[0];
}
