using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Networks;

/// <summary>Noise maps given to a synthesis (<c>noises_in</c>) in place of its variables.</summary>
public sealed class NoiseInputTests
{
    [Theory]
    [InlineData("config-f")]
    [InlineData("config-a")]
    public void Maps_of_one_sample_are_added_to_every_sample(string configuration)
    {
        using GoldenNetwork golden = new(configuration);
        Network synthesis = golden.Gs.Components["synthesis"];
        Tensor[] maps = [.. Noises(synthesis).Select(n => tf.placeholder(tf.float32, n.Shape))];
        FeedDict feeds = [];
        foreach ((Variable noise, Tensor map) in Noises(synthesis).Zip(maps))
        {
            feeds.Add(map, golden.Session.Value(noise));
            golden.Session.Load(noise, np.zeros(new Shape([.. noise.Shape.Select(d => (long)d)]), typeof(float)));
        }

        golden.AssertAsExactAsTheReference("images", "images_float64", Images(golden, maps, feeds));
    }

    [Fact]
    public void Maps_of_each_sample_are_added_to_it_alone()
    {
        using GoldenNetwork golden = new("config-f");
        RandomState random = new(5);
        long samples = golden["dlatents"].shape[0];
        NDArray[] values =
        [
            .. Noises(golden.Gs.Components["synthesis"])
                .Select(n => random.Randn((int)samples, 1, n.Shape[2], n.Shape[3]).astype(typeof(float))),
        ];
        Tensor[] maps = [.. values.Select(v => tf.placeholder(tf.float32, [-1, 1, (int)v.shape[2], (int)v.shape[3]]))];
        NDArray together = Images(golden, maps, Feeds(values));
        for (int i = 0; i < samples; i++)
        {
            NDArray alone = Images(golden, maps, Feeds([.. values.Select(v => v[$"{i}:{i + 1}"].Contiguous())]));
            Golden.AssertWithin(2e-6, alone[i], together[i], $"sample {i}");
        }

        FeedDict Feeds(NDArray[] given)
        {
            FeedDict feeds = [];
            foreach ((Tensor map, NDArray value) in maps.Zip(given))
            {
                feeds.Add(map, value);
            }

            return feeds;
        }
    }

    [Fact]
    public void Another_number_of_maps_is_refused()
    {
        using GoldenNetwork golden = new("config-f");
        Tensor[] one = [tf.zeros([1, 1, 4, 4])];
        ArgumentException error = Assert.Throws<ArgumentException>(() => Images(golden, one, []));
        Assert.StartsWith("noises_in has 1 noise maps; the network has ", error.Message, StringComparison.Ordinal);
    }

    private static NDArray Images(GoldenNetwork golden, Tensor[] maps, FeedDict feeds)
    {
        EasyDict noises = new() { ["noises_in"] = maps };
        Tensor images = golden.Gs.Components["synthesis"].GetOutputFor([tf.constant(golden["dlatents"])], noises)[0];
        return golden.Session.Run(images, feeds);
    }

    private static IEnumerable<Variable> Noises(Network synthesis) =>
        synthesis.OwnVars.Where(v => v.Key.StartsWith("noise", StringComparison.Ordinal)).Select(v => v.Value);
}
