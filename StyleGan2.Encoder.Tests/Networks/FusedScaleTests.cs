using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime;

namespace StyleGan2.Encoder.Tests.Networks;

/// <summary>StyleGAN's resampling and convolution in one, which its networks use from 128 pixels on.</summary>
public sealed class FusedScaleTests
{
    [Fact]
    public void Convolution_and_reduction_are_the_same_in_one_step_as_in_two()
    {
        using GoldenNetwork golden = new("config-a");
        NDArray scores = golden.D.Run([golden["D_images"], null], null, new EasyDict { ["fused_scale"] = true })[0];
        Golden.AssertWithin(2e-6, golden["D_scores"], scores, "D_scores");
    }

    [Theory]
    [InlineData(64, 0)]
    [InlineData(128, 1)]
    [InlineData(256, 2)]
    public void Enlargement_and_convolution_are_one_step_from_128_pixels_on(int resolution, int steps)
    {
        using Graph graph = new();
        using Session session = new(graph);
        EasyDict kwargs = new()
        {
            ["resolution"] = resolution,
            ["fmap_base"] = 64,
            ["fmap_max"] = 2,
            ["dlatent_size"] = 4,
            ["fused_scale"] = "auto",
        };
        _ = new Network(session, "G", "training.networks_stylegan.G_synthesis", kwargs);
        Assert.Equal(steps, graph.Operations.Count(o => o.Type == "ConvTranspose"));
    }

    [Fact]
    public void Enlargement_and_convolution_in_one_step_have_the_filter_the_other_way_round()
    {
        using GoldenNetwork golden = new("config-a");
        Network synthesis = golden.Gs.Components["synthesis"];
        EasyDict fused = new() { ["fused_scale"] = true, ["randomize_noise"] = false };
        Assert.True(Golden.RelativeDifference(golden["images"], synthesis.Run([golden["dlatents"]], null, fused)[0]) > 0.01);
        foreach (string name in synthesis.OwnVars.Keys.Where(n => n.EndsWith("Conv0_up/weight", StringComparison.Ordinal)))
        {
            synthesis.SetVar(name, np.copy(synthesis.GetVar(name)["::-1, ::-1"]));
        }

        golden.AssertTheReferences("images", synthesis.Run([golden["dlatents"]], null, fused)[0]);
    }
}
