using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime.Providers;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Networks;

public abstract class NetworkTests
{
    private const string Bias = "G_synthesis/8x8/Conv1/bias";
    private const string Noise = "G_synthesis/noise1";

    [Fact]
    public void A_clone_with_other_settings_shares_no_variables_and_has_the_values()
    {
        using GoldenNetwork golden = Open("config-f");
        Network clone = golden.Gs.Clone("Other", new EasyDict { ["truncation_psi"] = 0.7 });
        golden.Gs.ResetVars();
        Assert.Equal("Other", clone.Name);
        golden.AssertTheReferences("images_psi0.7", golden.Images(clone, []));
    }

    [Fact]
    public void A_clones_components_are_built_with_the_new_settings()
    {
        using GoldenNetwork golden = Open("config-d-lod-1.3");
        Network clone = golden.Gs.Clone(newStaticKwargs: new EasyDict { ["structure"] = "fixed" });
        Assert.Equal("fixed", clone.Components["synthesis"].StaticKwargs["structure"]);
        Assert.False(clone.Components["synthesis"].StaticKwargs.ContainsKey("synthesis_func"));
        Assert.True(Golden.RelativeDifference(golden["images_default"], golden.Images(clone, [])) > 0.01);
    }

    [Fact]
    public void A_clone_in_which_a_variable_would_have_another_shape_is_refused()
    {
        using GoldenNetwork golden = Open("config-f");
        ArgumentException e = Assert.Throws<ArgumentException>(() => golden.Gs.Clone("Wide", new EasyDict { ["dlatent_size"] = 8 }));
        Assert.StartsWith("variable Wide/dlatent_avg has shape [8], not [16]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Copied_variables_include_those_that_are_not_trained()
    {
        using GoldenNetwork golden = Open("config-f");
        Network g = new(golden.Session, golden.Pickle.G);
        g.CopyVarsFrom(golden.Gs);
        Assert.Equal(Values(golden.Gs, Bias), Values(g, Bias));
        Assert.Equal(Values(golden.Gs, Noise), Values(g, Noise));
        golden.AssertTheReferences("images_psi0.7", golden.Images(g, new EasyDict { ["truncation_psi"] = 0.7 }));
    }

    [Fact]
    public void Copied_trainables_leave_other_variables_as_they_are()
    {
        using GoldenNetwork golden = Open("config-f");
        Network g = new(golden.Session, golden.Pickle.G);
        golden.Gs.SetVar(Noise, np.ones(new Shape(1, 1, 8, 8), typeof(float)));
        float[] noise = Values(g, Noise);
        g.CopyTrainablesFrom(golden.Gs);
        Assert.Equal(Values(golden.Gs, Bias), Values(g, Bias));
        Assert.Equal(noise, Values(g, Noise));
    }

    [Fact]
    public void A_moving_average_follows_its_source_and_copies_what_is_not_trained()
    {
        using GoldenNetwork golden = Open("config-f");
        Network g = new(golden.Session, golden.Pickle.G);
        g.SetVar("dlatent_avg", np.ones(new Shape(16), typeof(float)));
        float[] before = Values(golden.Gs, Bias), source = Values(g, Bias);
        Operation update = golden.Gs.SetupAsMovingAverageOf(g, tf.constant(0.75f));
        golden.Session.Run(update);
        golden.Session.Run(update);
        Assert.Equal(before.Zip(source, (b, s) => s + ((b - s) * 0.5625f)), Values(golden.Gs, Bias), (e, a) => Math.Abs(e - a) < 1e-6f);
        Assert.NotEqual(before, source);
        Assert.Equal(Values(g, "dlatent_avg"), Values(golden.Gs, "dlatent_avg"));
        Assert.Equal(source, Values(g, Bias));
    }

    [Fact]
    public void Own_variables_are_reset_without_those_of_components()
    {
        using GoldenNetwork golden = Open("config-f");
        float[] bias = Values(golden.Gs, Bias);
        Assert.Contains(Values(golden.Gs, "dlatent_avg"), v => v != 0);
        golden.Gs.ResetOwnVars();
        Assert.Equal(new float[16], Values(golden.Gs, "dlatent_avg"));
        Assert.Equal(bias, Values(golden.Gs, Bias));
    }

    [Fact]
    public void All_variables_can_be_reset()
    {
        using GoldenNetwork golden = Open("config-f");
        golden.Gs.ResetVars();
        Assert.Equal(new float[16], Values(golden.Gs, Bias));
        float[] weight = Values(golden.Gs, "G_mapping/Dense0/weight");
        Assert.InRange(Math.Sqrt(weight.Average(w => (double)w * w)), 85, 115);
    }

    [Fact]
    public void Reset_trainables_leave_other_variables_as_they_are()
    {
        using GoldenNetwork golden = Open("config-f");
        float[] average = Values(golden.Gs, "dlatent_avg");
        golden.Gs.ResetTrainables();
        Assert.Equal(new float[16], Values(golden.Gs, Bias));
        Assert.Equal(average, Values(golden.Gs, "dlatent_avg"));
    }

    [Fact]
    public void A_variable_that_is_set_is_what_later_runs_use()
    {
        using GoldenNetwork golden = Open("config-f");
        NDArray before = golden.Images(golden.Gs, []);
        const string OfImages = "G_synthesis/32x32/ToRGB/bias";
        float[] bias = Values(golden.Gs, OfImages);
        golden.Gs.SetVar(OfImages, bias.Select(b => b + 2).ToArray().ToNDArray(3));
        Golden.AssertWithin(2e-6, before + 2f, golden.Images(golden.Gs, []), "images");
    }

    [Fact]
    public void A_variable_that_the_network_does_not_have_is_an_error_that_names_it()
    {
        using GoldenNetwork golden = Open("config-f");
        Assert.Equal(
            "network Gs has no variable G_synthesis/bias",
            Assert.Throws<KeyNotFoundException>(() => golden.Gs.GetVar("G_synthesis/bias")).Message);
    }

    [Fact]
    public void Components_of_StyleGAN_are_of_its_own_module()
    {
        using GoldenNetwork golden = Open("config-a");
        Assert.Equal("training.networks_stylegan.G_mapping", golden.Gs.Components["mapping"].GetState().BuildFuncName);
        Network fromNew = new(golden.Session, "G_mapping", "G_mapping", golden.Gs.Components["mapping"].StaticKwargs);
        fromNew.CopyVarsFrom(golden.Gs.Components["mapping"]);
        Assert.True(Golden.RelativeDifference(golden["dlatents"], fromNew.Run([golden.Latents, null])[0]) > 0.01);
    }

    private static float[] Values(Network network, string variable) => network.GetVar(variable).Values<float>();

    private protected abstract ExecutionProvider NewProvider();

    private GoldenNetwork Open(string configuration) => new(configuration, NewProvider());

    public sealed class OnCpu : NetworkTests
    {
        private protected override ExecutionProvider NewProvider() => new CpuProvider(threads: 0);
    }

    public sealed class InHiddenMemory : NetworkTests
    {
        private protected override ExecutionProvider NewProvider() => new HiddenMemoryProvider();
    }
}
