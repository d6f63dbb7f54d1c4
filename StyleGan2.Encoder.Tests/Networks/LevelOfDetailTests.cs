using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Networks;

public sealed class LevelOfDetailTests
{
    public static TheoryData<string, string> Structures => new()
    {
        { "config-a", "linear" },
        { "config-a", "fixed" },
        { "config-a-lod-0.6", "linear" },
        { "config-d", "linear" },
        { "config-d", "fixed" },
        { "config-d-lod-1.3", "linear" },
    };

    [Theory]
    [MemberData(nameof(Structures))]
    public void Every_structure_gives_the_references_images(string configuration, string structure)
    {
        using GoldenNetwork golden = new(configuration);
        NDArray images = golden.Gs.Components["synthesis"].Run([golden["dlatents"]], null,
            new EasyDict { ["randomize_noise"] = false, ["structure"] = structure })[0];
        golden.AssertAsExactAsTheReference("images", "images_float64", images);
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void Every_structure_gives_the_references_scores(string configuration, string structure)
    {
        using GoldenNetwork golden = new(configuration);
        NDArray scores = golden.D.Run([golden["D_images"], null], null, new EasyDict { ["structure"] = structure })[0];
        golden.AssertAsExactAsTheReference("D_scores", "D_scores_float64", scores);
    }

    [Theory]
    [InlineData("config-a")]
    [InlineData("config-d")]
    public void The_recursive_structure_computes_only_the_levels_asked_for(string configuration)
    {
        using GoldenNetwork golden = new(configuration);
        foreach (Network network in new[] { golden.Gs, golden.D })
        {
            network.SetVar("lod", NDArray.Scalar(1f));
            string largest = network.Vars.Keys.Single(n => n.EndsWith("32x32/Conv1/bias",
                StringComparison.Ordinal) || n == "32x32/Conv0/bias");
            network.SetVar(largest, np.full(new Shape(16), float.NaN, typeof(float)));
        }

        golden.Gs.SetVar("G_synthesis/ToRGB_lod2/bias", np.full(new Shape(3), float.NaN, typeof(float)));
        golden.D.SetVar("FromRGB_lod2/bias", np.full(new Shape(16), float.NaN, typeof(float)));
        Assert.True(IsFinite(golden.Images(golden.Gs, [])));
        Assert.False(IsFinite(golden.Images(golden.Gs, new EasyDict { ["structure"] = "linear" })));
        Assert.True(IsFinite(golden.D.Run([golden["D_images"], null])[0]));
        Assert.False(IsFinite(golden.D.Run([golden["D_images"], null], null, new EasyDict { ["structure"] = "linear" })[0]));
    }

    [Theory]
    [InlineData("config-a-lod-0.6", 0.6f)]
    [InlineData("config-d-lod-1.3", 1.3f)]
    public void The_synthesis_follows_the_generators_level_of_detail(string configuration, float lod)
    {
        using GoldenNetwork golden = new(configuration);
        golden.Gs.SetVar("lod", NDArray.Scalar(lod));
        golden.Gs.SetVar("G_synthesis/lod", NDArray.Scalar(0f));
        golden.AssertTheReferences("images_psi0.7", golden.Images(golden.Gs, new EasyDict { ["truncation_psi"] = 0.7 }));
        Assert.Equal([lod], golden.Gs.GetVar("G_synthesis/lod").Values<float>());
    }

    [Fact]
    public void A_structure_that_is_not_known_is_an_error_that_names_those_that_are()
    {
        using GoldenNetwork golden = new("config-d");
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => golden.Images(golden.Gs,
            new EasyDict { ["structure"] = "spiral" }));
        Assert.EndsWith(
            ": network G_synthesis: structure is 'spiral'; it must be one of fixed, linear, recursive, "
                + "auto", e.Message, StringComparison.Ordinal);
    }

    private static bool IsFinite(NDArray values) => values.Values<float>().All(float.IsFinite);
}
