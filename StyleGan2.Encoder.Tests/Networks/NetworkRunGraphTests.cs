using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Networks;

/// <summary>What runs of networks add to the graph, and what is left of it.</summary>
public sealed class NetworkRunGraphTests
{
    [Fact]
    public void Calls_with_equal_settings_build_the_graph_once()
    {
        using GoldenNetwork golden = new("config-f");
        golden.Images(golden.Gs, [], new ImageConversion(Shrink: 2));
        int operations = golden.Session.Graph.Operations.Count;
        golden.Images(golden.Gs, [], new ImageConversion(Shrink: 2));
        Assert.Equal(operations, golden.Session.Graph.Operations.Count);
    }

    [Fact]
    public void A_thousand_values_of_truncation_psi_share_one_graph_and_one_model()
    {
        using GoldenNetwork golden = new("config-f");
        golden.Images(golden.Gs, new EasyDict { ["truncation_psi"] = 0.25 });
        (int operations, int models) = (golden.Session.Graph.Operations.Count, golden.Session.CompiledModels);
        NDArray latents = golden.Latents[":1"].Contiguous();
        for (int i = 0; i < 1000; i++)
        {
            golden.Gs.Run([latents, null], null, new EasyDict { ["truncation_psi"] = i / 1e3, ["randomize_noise"] = false });
        }

        Assert.Equal((operations, models), (golden.Session.Graph.Operations.Count, golden.Session.CompiledModels));
    }

    [Theory]
    [InlineData("config-f", 0.7, null)]
    [InlineData("config-f", 1.0, null)]
    [InlineData("config-f", 0.5, 2)]
    [InlineData("config-f", 1, 3)]
    [InlineData("config-a", 0.7, 8)]
    [InlineData("config-a", -1.3, 3)]
    public void A_number_that_is_fed_gives_the_bits_of_one_that_is_built_in(string configuration, double psi, int? cutoff)
    {
        using GoldenNetwork golden = new(configuration);
        EasyDict settings = new() { ["truncation_psi"] = psi, ["truncation_cutoff"] = cutoff, ["randomize_noise"] = false };
        Tensor latents = tf.placeholder(tf.float32, [-1, 16]);
        Tensor builtIn = golden.Gs.GetOutputFor([latents, tf.zeros([4, 0])], settings)[0];
        golden.Images(golden.Gs, new EasyDict(settings) { ["truncation_psi"] = 0.1 });
        NDArray expected = golden.Session.Run(builtIn, new FeedDict { [latents] = golden.Latents });
        Assert.Equal(expected.tobytes(), golden.Images(golden.Gs, settings).tobytes());
    }

    [Fact]
    public void Graphs_of_settings_used_longest_ago_are_removed()
    {
        using GoldenNetwork golden = new("config-f");
        Network mapping = golden.Gs.Components["mapping"];
        NDArray first = Map(0);
        for (int i = 1; i < NetworkRunner.Capacity; i++)
        {
            Map(i);
        }

        (int operations, int models) = (golden.Session.Graph.Operations.Count, golden.Session.CompiledModels);
        for (int i = NetworkRunner.Capacity; i < NetworkRunner.Capacity + 4; i++)
        {
            Map(i);
        }

        Assert.Equal((operations, models), (golden.Session.Graph.Operations.Count, golden.Session.CompiledModels));
        Assert.Equal(first.tobytes(), Map(0).tobytes());

        NDArray Map(int i) => mapping.Run([golden.Latents, null], null, new EasyDict { ["mapping_lrmul"] = (i + 1) / 100.0 })[0];
    }

    [Fact]
    public void A_graph_that_other_operations_read_is_not_removed()
    {
        using GoldenNetwork golden = new("config-f");
        NDArray first = golden.D.Run([golden["D_images"], null])[0];
        Tensor images = Last("_Run/images_in"), labels = Last("_Run/labels_in"), scores = Last("scores_out");
        Tensor twice = scores * 2.0;
        for (int i = 0; i < NetworkRunner.Capacity; i++)
        {
            golden.D.Run([golden["D_images"], null], null, new EasyDict { ["resample_kernel"] = new[] { 1f, i, i, 1f } });
        }

        FeedDict feeds = new() { [images] = golden["D_images"], [labels] = np.zeros(new Shape(4, 0), typeof(float)) };
        Assert.Equal((first * 2f).tobytes(), golden.Session.Run(twice, feeds).tobytes());

        Tensor Last(string name) => golden.Session.Graph.Operations.Last(o => o.Name.EndsWith(name, StringComparison.Ordinal)).Output;
    }
}
