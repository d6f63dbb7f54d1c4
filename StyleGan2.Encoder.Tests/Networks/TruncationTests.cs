using Dnnlib;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Networks;

public sealed class TruncationTests
{
    [Theory]
    [InlineData("config-f")]
    [InlineData("config-a")]
    public void Psi_and_cutoff_can_be_tensors(string configuration)
    {
        using GoldenNetwork golden = new(configuration);
        Tensor psi = tf.placeholder(tf.float32, []), cutoff = tf.placeholder(tf.int32, []);
        Tensor latents = tf.placeholder(tf.float32, [-1, 16]);
        EasyDict kwargs = new() { ["truncation_psi"] = psi, ["truncation_cutoff"] = cutoff, ["randomize_noise"] = false };
        Tensor images = golden.Gs.GetOutputFor([latents, tf.zeros([4, 0])], kwargs)[0];
        golden.AssertTheReferences("images_psi0.5_cutoff2", Run(0.5f, 2));
        golden.AssertTheReferences("images_psi0.7", Run(0.7f, 8));
        golden.AssertTheReferences("images", Run(1, 8));

        NDArray Run(float strength, int layers) => golden.Session.Run(
            images, new FeedDict { [psi] = NDArray.Scalar(strength), [cutoff] = NDArray.Scalar(layers), [latents] = golden.Latents });
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1L)]
    [InlineData(1)]
    [InlineData(null)]
    public void A_psi_of_one_or_none_leaves_W_as_it_is_to_the_bit(object? psi)
    {
        using GoldenNetwork golden = new("config-f");
        float[] mapped = golden.Gs.Components["mapping"].Run([golden.Latents, null])[0].Values<float>();
        EasyDict settings = new() { ["truncation_psi"] = psi, ["return_dlatents"] = true, ["randomize_noise"] = false };
        Assert.Equal(mapped, golden.Gs.Run([golden.Latents, null], null, settings)[1].Values<float>());
    }

    [Fact]
    public void Each_layer_can_have_a_psi_of_its_own()
    {
        using GoldenNetwork golden = new("config-f");
        Tensor psi = tf.constant(np.array(new[] { 0.5f, 0.5f, 1, 1, 1, 1, 1, 1 }).reshape(1, 8, 1));
        golden.AssertTheReferences("images_psi0.5_cutoff2", golden.Images(golden.Gs, new EasyDict { ["truncation_psi"] = psi }));
    }

    [Fact]
    public void Validation_has_settings_of_its_own()
    {
        using GoldenNetwork golden = new("config-f");
        EasyDict validation = new() { ["is_validation"] = true, ["truncation_psi"] = 0.1 };
        golden.AssertTheReferences("images", golden.Images(golden.Gs, validation));
        golden.AssertTheReferences("images_psi0.7", golden.Images(golden.Gs, new EasyDict(validation) { ["truncation_psi_val"] = 0.7 }));
    }

    [Fact]
    public void StyleGAN_truncates_nothing_without_a_cutoff()
    {
        using GoldenNetwork golden = new("config-a");
        golden.AssertTheReferences("images", golden.Images(golden.Gs, new EasyDict { ["truncation_cutoff"] = null }));
    }
}
