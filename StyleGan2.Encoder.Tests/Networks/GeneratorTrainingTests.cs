using Dnnlib;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Networks;

public sealed class GeneratorTrainingTests
{
    private const int Samples = 4;
    private const int Layers = 8;
    private const int Size = 16;

    [Theory]
    [InlineData("config-f")]
    [InlineData("config-a")]
    public void The_average_of_W_moves_toward_the_batchs(string configuration)
    {
        using GoldenNetwork golden = new(configuration);
        float[] before = golden.Gs.GetVar("dlatent_avg").Values<float>();
        float[] w = golden["dlatents"].Values<float>();
        Train(golden, new EasyDict { ["dlatent_avg_beta"] = 0.9, ["style_mixing_prob"] = null });
        float[] after = golden.Gs.GetVar("dlatent_avg").Values<float>();
        for (int i = 0; i < Size; i++)
        {
            double mean = Enumerable.Range(0, Samples).Average(n => (double)w[(n * Layers * Size) + i]);
            Assert.Equal(mean + ((before[i] - mean) * 0.9), after[i], 1e-5);
        }
    }

    [Fact]
    public void The_average_of_W_stays_where_it_is_outside_training_and_without_a_beta()
    {
        using GoldenNetwork golden = new("config-f");
        float[] before = golden.Gs.GetVar("dlatent_avg").Values<float>();
        golden.Images(golden.Gs, []);
        Train(golden, new EasyDict { ["dlatent_avg_beta"] = null });
        Assert.Equal(before, golden.Gs.GetVar("dlatent_avg").Values<float>());
    }

    [Fact]
    public void W_is_not_truncated_under_training()
    {
        using GoldenNetwork golden = new("config-f");
        NDArray w = Train(golden, new EasyDict { ["style_mixing_prob"] = null, ["truncation_psi"] = 0.1 });
        golden.AssertTheReferences("dlatents", w);
    }

    [Theory]
    [InlineData("config-f", 0, 8)]
    [InlineData("config-d", 1.7f, 6)]
    [InlineData("config-a", 2, 4)]
    public void Mixed_styles_come_from_other_latents_from_some_layer_in_use_on(string configuration, float lod, int layersInUse)
    {
        using GoldenNetwork golden = new(configuration);
        golden.Gs.SetVar("lod", NDArray.Scalar(lod));
        HashSet<int> cutoffs = [];
        Func<NDArray> train = Training(golden, new EasyDict { ["style_mixing_prob"] = 1.0 });
        for (int run = 0; run < 60; run++)
        {
            cutoffs.Add(FirstMixedLayer(golden["dlatents"], train()));
        }

        Assert.Equal(Enumerable.Range(1, layersInUse - 1), cutoffs.Order());
    }

    [Fact]
    public void Styles_are_mixed_as_often_as_asked_for()
    {
        using GoldenNetwork golden = new("config-f");
        Func<NDArray> train = Training(golden, new EasyDict { ["style_mixing_prob"] = 0.25 });
        int mixed = Enumerable.Range(0, 200).Count(_ => FirstMixedLayer(golden["dlatents"], train()) < Layers);
        Assert.InRange(mixed, 25, 75);
    }

    [Fact]
    public void Training_and_validation_at_once_are_refused()
    {
        using GoldenNetwork golden = new("config-f");
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => Train(golden, new EasyDict { ["is_validation"] = true }));
        Assert.EndsWith(
            ": network Gs: is_training and is_validation are both true; set one of them at most", e.Message, StringComparison.Ordinal);
    }

    private static NDArray Train(GoldenNetwork golden, EasyDict settings) => Training(golden, settings)();

    /// <summary>W [N, layers, size] of the recorded latents as the generator makes it under training.</summary>
    private static Func<NDArray> Training(GoldenNetwork golden, EasyDict settings)
    {
        golden.Session.Graph.Seed = 5;
        Tensor latents = tf.placeholder(tf.float32, [-1, Size]);
        EasyDict kwargs = new(settings) { ["is_training"] = true, ["return_dlatents"] = true };
        Tensor w = golden.Gs.GetOutputFor([latents, tf.zeros([Samples, 0])], kwargs)[1];
        return () => golden.Session.Run(w, new FeedDict { [latents] = golden.Latents });
    }

    /// <summary>The first layer that is not as mapped, from which on none may be; all layers before must be.</summary>
    private static int FirstMixedLayer(NDArray mapped, NDArray trained)
    {
        bool[] same = [.. Enumerable.Range(0,
            Layers).Select(l => Golden.Difference(np.copy(mapped[$":, {l}"]), np.copy(trained[$":, {l}"])) < 1e-4)];
        int first = Array.IndexOf(same, false) is var at && at < 0 ? Layers : at;
        Assert.DoesNotContain(true, same[first..]);
        return first;
    }
}
