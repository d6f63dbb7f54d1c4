using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Networks;

public sealed class GeneratorGoldenTests
{
    private static readonly EasyDict s_fixedNoise = new() { ["randomize_noise"] = false };

    public static TheoryData<string> Configurations => GoldenNetwork.All;

    [Theory]
    [MemberData(nameof(Configurations))]
    public void The_mapping_gives_the_references_W(string configuration)
    {
        using GoldenNetwork golden = new(configuration);
        golden.AssertTheReferences("dlatents", golden.Gs.Components["mapping"].Run([golden.Latents, golden.Labels])[0]);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Images_are_as_exact_as_the_references(string configuration)
    {
        using GoldenNetwork golden = new(configuration);
        NDArray images = golden.Gs.Components["synthesis"].Run([golden["dlatents"]], null, s_fixedNoise)[0];
        golden.AssertAsExactAsTheReference("images", "images_float64", images);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Images_of_unfused_modulation_are_as_exact_as_the_references(string configuration)
    {
        using GoldenNetwork golden = new(configuration);
        Network unfused = golden.Gs.Components["synthesis"].Clone(newStaticKwargs: new EasyDict { ["fused_modconv"] = false });
        golden.AssertAsExactAsTheReference("images_unfused", "images_float64", unfused.Run([golden["dlatents"]], null, s_fixedNoise)[0]);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Every_truncation_gives_the_references_images(string configuration)
    {
        using GoldenNetwork golden = new(configuration);
        golden.AssertTheReferences("images_default", golden.Images(golden.Gs, []));
        golden.AssertTheReferences("images_psi0.7", golden.Images(golden.Gs, new EasyDict { ["truncation_psi"] = 0.7 }));
        golden.AssertTheReferences("images_psi0.5_cutoff2",
            golden.Images(golden.Gs, new EasyDict { ["truncation_psi"] = 0.5, ["truncation_cutoff"] = 2 }));
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void The_generator_as_trained_gives_the_references_images(string configuration)
    {
        using GoldenNetwork golden = new(configuration);
        golden.AssertTheReferences(
            "images_G", golden.Images(new Network(golden.Session, golden.Pickle.G), new EasyDict { ["truncation_psi"] = 1.0 }));
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Images_as_bytes_are_the_references(string configuration)
    {
        using GoldenNetwork golden = new(configuration);
        EasyDict psi = new() { ["truncation_psi"] = 0.7 };
        bool isGray = golden["images"].shape[1] == 1;
        AssertOneLevelInAThousand(golden["images_uint8"], golden.Images(golden.Gs, psi, new ImageConversion(NchwToNhwc: !isGray)));
        AssertOneLevelInAThousand(golden["images_uint8_shrink2"], golden.Images(golden.Gs, psi, new ImageConversion(Shrink: 2)));
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Gradients_for_dlatents_and_noises_are_the_references(string configuration)
    {
        using GoldenNetwork golden = new(configuration);
        Network synthesis = golden.Gs.Components["synthesis"];
        Tensor dlatents = tf.placeholder(tf.float32, [1, .. synthesis.InputShapes[0].Skip(1)]);
        Tensor images = synthesis.GetOutputFor([dlatents], s_fixedNoise)[0];
        Variable[] noises = [.. synthesis.OwnVars.Where(v => v.Key.StartsWith("noise", StringComparison.Ordinal)).Select(v => v.Value)];
        Tensor?[] gradients = tf.gradients(tf.reduce_sum(images * tf.constant(golden["coef"])), [dlatents, .. noises.Select(n => n.Value)]);

        FeedDict feeds = new() { [dlatents] = golden["dlatents"][":1"].Contiguous() };
        NDArray[] actual = golden.Session.Run([.. gradients.Select(g => Fetch.FromTensor(g!))], feeds);
        golden.AssertTheReferences("grad_dlatents", actual[0]);
        Assert.Equal(golden.Names.Count(n => n.StartsWith("grad_noise", StringComparison.Ordinal)), noises.Length);
        for (int i = 0; i < noises.Length; i++)
        {
            golden.AssertTheReferences($"grad_noise{i}", actual[i + 1]);
        }
    }

    private static void AssertOneLevelInAThousand(NDArray expected, NDArray actual)
    {
        Assert.Equal(typeof(byte), actual.dtype);
        Assert.True(Golden.Difference(expected, actual) <= 1, "a pixel is more than one level off");
        int different = expected.Values<byte>().Zip(actual.Values<byte>()).Count(p => p.First != p.Second);
        Assert.True(different * 1000 <= expected.size, $"{different} of {expected.size} values are off");
    }
}
