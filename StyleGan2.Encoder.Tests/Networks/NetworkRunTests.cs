using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
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
            [golden["dlatents"]],
            new NetworkRunOptions { OutputTransform = new MeanAndTwice() },
            new EasyDict { ["randomize_noise"] = false });
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
