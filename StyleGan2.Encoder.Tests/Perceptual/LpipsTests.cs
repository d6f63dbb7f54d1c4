using NumSharp;
using NumSharp.IO;
using StyleGan2.Encoder.Perceptual;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Perceptual;

public sealed class LpipsTests
{
    [Fact]
    public void Distances_and_their_gradient_are_those_of_the_reference()
    {
        string file = Golden.Path("lpips", "lpips.pkl");
        using NpzFile golden = Golden.Npz("lpips", "lpips.npz");
        using Graph graph = new();
        using Session session = new(graph);
        using IDisposable asDefault = session.AsDefault();
        Tensor a = tf.placeholder(tf.float32, [-1, 3, 64, 64]), b = tf.placeholder(tf.float32, [-1, 3, 64, 64]);
        Tensor distance = new LpipsDistance(LpipsWeights.Load(file), file).Distance(a, b);
        Tensor gradient = tf.gradients(tf.reduce_sum(distance), a)[0]!;

        NDArray[] actual = session.Run([distance, gradient], new FeedDict { [a] = golden["a"], [b] = golden["b"] });
        double[] expected = Golden.Doubles(golden["distance"]);
        Assert.All(expected.Zip(Golden.Doubles(actual[0])), d => Assert.InRange(d.Second, d.First * (1 - 1e-5), d.First * (1 + 1e-5)));
        Golden.AssertWithin(1e-4, golden["grad_a"], actual[1], "gradient");
    }

    [Fact]
    public void A_file_of_generators_is_refused_by_saying_what_was_found_and_what_is_needed()
    {
        string file = Golden.Path("networks", "config-f", "network.pkl");
        string message = Assert.Throws<InvalidDataException>(() => LpipsWeights.Load(file)).Message;
        Assert.StartsWith(
            $"{file}: not LPIPS weights: it holds the networks G, D, Gs; needed are thirteen chained 3x3 convolutions",
            message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_whose_shapes_do_not_chain_are_refused_by_the_layer()
    {
        LpipsWeights good = LpipsWeights.Load(Golden.Path("lpips", "lpips.pkl"));
        List<(string Name, NDArray Value)> arrays =
        [
            .. good.Convolutions.SelectMany(c => new[] { ("weight", c.Weight), ("bias", c.Bias) }),
            .. good.Channels.Select(c => ("lin", c)),
        ];
        arrays[2] = ("weight", np.zeros(new Shape(3, 3, 99, 8), typeof(float)));
        string message = Assert.Throws<InvalidDataException>(() => LpipsWeights.FromArrays(arrays, "x.pkl")).Message;
        Assert.StartsWith(
            "x.pkl: not LPIPS weights: convolution 2 takes 99 channels where the one before makes", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Negative_channel_weights_are_refused()
    {
        LpipsWeights good = LpipsWeights.Load(Golden.Path("lpips", "lpips.pkl"));
        List<(string Name, NDArray Value)> arrays =
        [
            .. good.Convolutions.SelectMany(c => new[] { ("weight", c.Weight), ("bias", c.Bias) }),
            .. good.Channels.Select(c => ("lin", -c)),
        ];
        string message = Assert.Throws<InvalidDataException>(() => LpipsWeights.FromArrays(arrays, "x.pkl")).Message;
        Assert.Contains("channel weights 1 are not all positive", message, StringComparison.Ordinal);
    }
}
