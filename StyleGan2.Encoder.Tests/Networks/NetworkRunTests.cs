using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using TensorGraph.Runtime.Providers;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Networks;

public abstract class NetworkRunTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(100)]
    public void Samples_run_in_minibatches_come_out_in_order(int minibatch)
    {
        using GoldenNetwork golden = Open("config-f-labels");
        EasyDict settings = new() { ["truncation_psi"] = 0.7, ["randomize_noise"] = false };
        NDArray images = golden.Gs.Run(
            [golden.Latents, golden.Labels], new NetworkRunOptions { MinibatchSize = minibatch, NumGpus = 2 }, settings)[0];
        golden.AssertTheReferences("images_psi0.7", images);
    }

    [Fact]
    public void All_samples_are_one_minibatch_unless_told_otherwise()
    {
        using GoldenNetwork golden = Open("config-f");
        NDArray images = golden["D_images"];
        NDArray twelve = np.concatenate([images, images * 0.5f, images * -1f]);
        NDArray whole = golden.D.Run([twelve, null])[0], parts = golden.D.Run(
            [twelve, null], new NetworkRunOptions { MinibatchSize = 4 })[0];
        Golden.AssertWithin(2e-6, golden["D_scores"], np.copy(parts[":4"]), "scores of the first minibatch");
        Assert.True(Golden.RelativeDifference(whole, parts) > 1e-3, "the minibatch standard deviation is that of other groups");
    }

    [Fact]
    public void Each_output_is_an_array_in_the_networks_order()
    {
        using GoldenNetwork golden = Open("config-f");
        EasyDict settings = new() { ["truncation_psi"] = 1.0, ["randomize_noise"] = false, ["return_dlatents"] = true };
        NDArray[] outputs = golden.Gs.Run([golden.Latents, null], new NetworkRunOptions { MinibatchSize = 3 }, settings);
        Assert.Equal(2, outputs.Length);
        golden.AssertTheReferences("images", outputs[0]);
        golden.AssertTheReferences("dlatents", outputs[1]);
    }

    [Fact]
    public void A_conversion_of_images_leaves_W_as_it_is()
    {
        using GoldenNetwork golden = Open("config-f");
        EasyDict settings = new() { ["truncation_psi"] = 1.0, ["randomize_noise"] = false, ["return_dlatents"] = true };
        NDArray[] outputs = golden.Gs.Run(
            [golden.Latents, null], new NetworkRunOptions { OutputTransform = new ImageConversion() }, settings);
        Assert.Equal(typeof(byte), outputs[0].dtype);
        golden.AssertTheReferences("dlatents", outputs[1]);
    }

    [Fact]
    public void Outputs_can_be_transformed_by_ones_own_operations()
    {
        using GoldenNetwork golden = Open("config-f");
        NDArray[] outputs = golden.Gs.Components["synthesis"].Run(
            [golden["dlatents"]], new NetworkRunOptions { OutputTransform = new MeanAndTwice() }, new EasyDict { ["randomize_noise"] = false });
        Assert.Equal([4L], outputs[0].shape);
        golden.AssertTheReferences("images", outputs[1] * 0.5f);
    }

    [Fact]
    public void Settings_of_one_call_do_not_stay_for_the_next()
    {
        using GoldenNetwork golden = Open("config-f");
        golden.AssertTheReferences("images_psi0.7", golden.Images(golden.Gs, new EasyDict { ["truncation_psi"] = 0.7 }));
        golden.AssertTheReferences("images_default", golden.Images(golden.Gs, []));
    }

    [Fact]
    public void Settings_that_are_lists_are_told_apart()
    {
        using GoldenNetwork golden = Open("config-f");
        NDArray narrow = golden.Images(golden.Gs, new EasyDict { ["resample_kernel"] = new object[] { 1, 1 } });
        NDArray usual = golden.Images(golden.Gs, new EasyDict { ["resample_kernel"] = new object[] { 1, 3, 3, 1 } });
        golden.AssertTheReferences("images_default", usual);
        Assert.True(Golden.RelativeDifference(usual, narrow) > 0.01);
    }

    [Fact]
    public void Calls_with_equal_settings_build_the_graph_once()
    {
        using GoldenNetwork golden = Open("config-f");
        golden.Images(golden.Gs, [], new ImageConversion(Shrink: 2));
        int operations = golden.Session.Graph.Operations.Count;
        golden.Images(golden.Gs, [], new ImageConversion(Shrink: 2));
        Assert.Equal(operations, golden.Session.Graph.Operations.Count);
    }

    [Fact]
    public void A_thousand_values_of_truncation_psi_share_one_graph_and_one_model()
    {
        using GoldenNetwork golden = Open("config-f");
        golden.Images(golden.Gs, new EasyDict { ["truncation_psi"] = 0.25 });
        (int operations, int models) = (golden.Session.Graph.Operations.Count, golden.Session.CompiledModels);
        NDArray latents = golden.Latents[":1"].Contiguous();
        for (int i = 0; i < 1000; i++)
        {
            golden.Gs.Run([latents, null], null, new EasyDict { ["truncation_psi"] = i / 1000.0, ["randomize_noise"] = false });
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
        using GoldenNetwork golden = Open(configuration);
        EasyDict settings = new() { ["truncation_psi"] = psi, ["truncation_cutoff"] = cutoff, ["randomize_noise"] = false };
        Tensor builtIn = golden.Gs.GetOutputFor([tf.constant(golden.Latents), tf.zeros([4, 0])], settings)[0];
        golden.Images(golden.Gs, new EasyDict(settings) { ["truncation_psi"] = 0.1 });
        Assert.Equal(golden.Session.Run(builtIn).tobytes(), golden.Images(golden.Gs, settings).tobytes());
    }

    [Fact]
    public void Graphs_of_settings_used_longest_ago_are_removed()
    {
        using GoldenNetwork golden = Open("config-f");
        NDArray first = Images(0);
        for (int i = 1; i < NetworkRunner.Capacity; i++)
        {
            Images(i);
        }

        (int operations, int models) = (golden.Session.Graph.Operations.Count, golden.Session.CompiledModels);
        for (int i = NetworkRunner.Capacity; i < NetworkRunner.Capacity + 4; i++)
        {
            Images(i);
        }

        Assert.Equal((operations, models), (golden.Session.Graph.Operations.Count, golden.Session.CompiledModels));
        Assert.Equal(first.tobytes(), Images(0).tobytes());

        NDArray Images(int i) => golden.Images(golden.Gs, new EasyDict { ["resample_kernel"] = new[] { 1f, i, i, 1f } });
    }

    [Fact]
    public void A_graph_that_other_operations_read_is_not_removed()
    {
        using GoldenNetwork golden = Open("config-f");
        NDArray first = golden.D.Run([golden["D_images"], null])[0];
        Operation scores = golden.Session.Graph.Operations.Last(o => o.Name.EndsWith("scores_out", StringComparison.Ordinal));
        Tensor images = golden.Session.Graph.Operations.Last(o => o.Name.EndsWith("_Run/images_in", StringComparison.Ordinal)).Output;
        Tensor labels = golden.Session.Graph.Operations.Last(o => o.Name.EndsWith("_Run/labels_in", StringComparison.Ordinal)).Output;
        Tensor twice = scores.Output * 2.0;
        for (int i = 0; i < NetworkRunner.Capacity; i++)
        {
            golden.D.Run([golden["D_images"], null], null, new EasyDict { ["resample_kernel"] = new[] { 1f, i, i, 1f } });
        }

        FeedDict feeds = new() { [images] = golden["D_images"], [labels] = np.zeros(new Shape(4, 0), typeof(float)) };
        Assert.Equal((first * 2f).tobytes(), golden.Session.Run(twice, feeds).tobytes());
    }

    [Fact]
    public void No_samples_give_empty_arrays()
    {
        using GoldenNetwork golden = Open("config-f");
        NDArray images = golden.Gs.Run([np.zeros(new Shape(0, 16), typeof(float)), null])[0];
        Assert.Equal([0L, 3, 32, 32], images.shape);
    }

    [Fact]
    public void Inputs_with_different_numbers_of_samples_are_refused()
    {
        using GoldenNetwork golden = Open("config-f-labels");
        ArgumentException e = Assert.Throws<ArgumentException>(
            () => golden.Gs.Run([golden.Latents, np.zeros(new Shape(3, 3), typeof(float))]));
        Assert.StartsWith("network Gs: its inputs have 4 and 3 samples; give as many of each", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_inputs_are_refused()
    {
        using GoldenNetwork golden = Open("config-f");
        ArgumentException e = Assert.Throws<ArgumentException>(() => golden.Gs.Run([golden.Latents]));
        Assert.StartsWith(
            "network Gs takes 2 inputs, at least one of them an array, not 1 with 1 arrays", e.Message, StringComparison.Ordinal);
    }

    private sealed record MeanAndTwice : OutputTransform
    {
        public override IReadOnlyList<Tensor> Apply(IReadOnlyList<Tensor> outputs) =>
            [tf.reduce_mean(outputs[0], [1, 2, 3]), outputs[0] * 2.0];
    }

    private protected abstract ExecutionProvider NewProvider();

    private GoldenNetwork Open(string configuration) => new(configuration, NewProvider());

    public sealed class OnCpu : NetworkRunTests
    {
        private protected override ExecutionProvider NewProvider() => new CpuProvider(threads: 0);
    }

    public sealed class InHiddenMemory : NetworkRunTests
    {
        private protected override ExecutionProvider NewProvider() => new HiddenMemoryProvider();
    }
}
