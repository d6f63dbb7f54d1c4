using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using NumSharp.IO;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using Training.Networks;

namespace StyleGan2.Encoder.Tests.Networks;

/// <summary>
/// Networks whose images are not square, or have another number of channels than one or three. What is right was computed by
/// <c>Golden/cases/evaluate.py</c>.
/// </summary>
public sealed class ImageSizeTests : IDisposable
{
    private readonly Graph _graph = new();
    private readonly Session _session;

    public ImageSizeTests() => _session = new Session(_graph);

    public void Dispose()
    {
        _session.Dispose();
        _graph.Dispose();
    }

    [Theory]
    [InlineData("not-square", "20x12.pkl", 3, 20, 12)]
    [InlineData("four-channels", "network.pkl", 4, 16, 16)]
    public void Images_are_those_of_the_paper_in_double_precision(string folder, string file, int channels, int height, int width)
    {
        using NpzFile expected = Golden.Npz("cases", folder, "expect.npz");
        NDArray images = Images(NetworkFile.Load(Golden.Path("cases", folder, file)).Gs, expected["latents"]);
        Assert.Equal([2, channels, height, width], images.shape);
        Golden.AssertWithin(2e-6, expected["images"], images, "images");
    }

    [Fact]
    public void Blocks_called_as_those_of_square_images_may_have_any_size()
    {
        using NpzFile expected = Golden.Npz("cases", "not-square", "expect.npz");
        NetworkState state = Renamed(NetworkFile.Load(Golden.Path("cases", "not-square", "20x12.pkl")).Gs);
        Golden.AssertWithin(2e-6, expected["images"], Images(state, expected["latents"]), "images");
    }

    [Theory]
    [InlineData(5, 3, 2)]
    [InlineData(3, 4, 3)]
    public void A_discriminator_takes_images_of_the_size_that_its_generator_makes(int minHeight, int minWidth, int doublings)
    {
        EasyDict kwargs = new() { ["min_h"] = minHeight, ["min_w"] = minWidth, ["res_log2"] = doublings, ["fmap_base"] = 64,
            ["fmap_max"] = 8 };
        Network network = new(_session, "D", "D_stylegan2", kwargs);
        Assert.Equal([-1, 3, minHeight << doublings, minWidth << doublings], network.InputShapes[0]);
        NDArray images = np.zeros(new Shape(2, 3, minHeight << doublings, minWidth << doublings), typeof(float));
        Assert.Equal([2, 1], network.Run([images, null])[0].shape);
    }

    [Theory]
    [InlineData("training.networks_stylegan2.G_synthesis_stylegan_revised")]
    [InlineData("training.networks_stylegan2.D_stylegan")]
    [InlineData("training.networks_stylegan.G_synthesis")]
    [InlineData("training.networks_stylegan.D_basic")]
    public void Networks_that_grow_are_square(string function)
    {
        EasyDict kwargs = new() { ["min_h"] = 5L };
        string message = Assert.Throws<InvalidDataException>(() => new Network(_session, "G", function, kwargs)).Message;
        Assert.Equal("network G: min_h is 5 and min_w is 4; only StyleGAN2's networks without growing may have images that are not square",
            message);
    }

    private static NetworkState Renamed(NetworkState state)
    {
        EasyDict kwargs = new(state.StaticKwargs.Where(k => k.Key is not ("min_h" or "min_w" or "res_log2")))
        {
            ["init_res"] = new List<object?> { 5L, 3L },
            ["scale_type"] = null,
        };
        return state with
        {
            StaticKwargs = kwargs,
            Variables = [.. state.Variables.Select(v => (Square(v.Name), v.Value))],
            Components = state.Components.ToDictionary(c => c.Key, c => Renamed(c.Value)),
        };
    }

    private static string Square(string variable) => variable.Replace("20x12/", "16x16/", StringComparison.Ordinal)
        .Replace("10x6/", "8x8/", StringComparison.Ordinal).Replace("5x3/", "4x4/", StringComparison.Ordinal);

    private NDArray Images(NetworkState state, NDArray latents) =>
        new Network(_session, state).Run([latents, null], null, new EasyDict { ["truncation_psi"] = 1.0, ["randomize_noise"] = false })[0];
}
