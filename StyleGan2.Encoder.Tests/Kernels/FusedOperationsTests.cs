using CsCheck;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Kernels;

public sealed class FusedOperationsTests
{
    private const int Channels = 6, Side = 48;
    private const double Bound = 1e-5;

    private static readonly Func<Tensor, Tensor, Tensor>[] s_operations =
    [
        (a, b) => a + b, (a, b) => a - b, (a, b) => a * b, (a, _) => tf.nn.leaky_relu(a, 0.2f), (a, _) => tf.nn.relu(a),
        (a, b) => a / (tf.square(b) + 1.0), (a, _) => tf.clip_by_value(a, -0.5, 0.75), (a, _) => -a, (a, _) => tf.sqrt(tf.square(a) + 0.5),
        (a, _) => 2.0 - a,
    ];

    [Fact]
    public void Operations_on_feature_maps_give_the_same_as_onnx_runtimes() =>
        Gen.Select(Gen.Int[0, s_operations.Length - 1], Gen.Int[0, 100], Gen.Int[0, 100]).Array[1, 14].Sample(choices =>
        {
            (Graph graph, Tensor[] inputs) = Inputs();
            using IDisposable asDefault = graph.AsDefault();
            List<Tensor> values = [.. inputs];
            foreach ((int operation, int first, int second) in choices)
            {
                Tensor a = values[first % values.Count] + inputs[0], b = values[second % values.Count];
                values.Add(s_operations[operation](a, b));
            }

            Tensor[] fetches = [values[^1], tf.reduce_sum(values[^1], [1], keepdims: true), tf.reduce_sum(values[^1], [2, 3])];
            AssertSame(graph, fetches, inputs);
            graph.Dispose();
        }, iter: 25, threads: 1);

    [Fact]
    public void Gradients_whose_kernels_compute_activations_again_are_the_same_as_onnx_runtimes()
    {
        (Graph graph, Tensor[] inputs) = Inputs();
        using (graph)
        using (graph.AsDefault())
        {
            Tensor weights = tf.constant(Values(9, 3, 3, Channels, Channels));
            Tensor x = inputs[0];
            for (int layer = 0; layer < 2; layer++)
            {
                Tensor y = tf.nn.conv2d(x * inputs[1], weights, [1, 1, 1, 1], "SAME", "NCHW");
                x = tf.nn.leaky_relu((y * inputs[1]) + inputs[2] + inputs[1], 0.2f) * Math.Sqrt(2);
            }

            Tensor[] gradients = [.. tf.gradients(tf.reduce_sum(tf.square(x)), inputs).Select(g => g!)];
            AssertSame(graph, gradients, inputs);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void One_by_one_convolutions_to_and_from_few_channels_give_the_same_as_onnx_runtimes(int planes)
    {
        (Graph graph, Tensor[] inputs) = Inputs();
        using (graph)
        using (graph.AsDefault())
        {
            Tensor toPlanes = tf.constant(Values(7, 1, 1, Channels, planes)), fromPlanes = tf.constant(Values(8, 1, 1, planes, Channels));
            Tensor rgb = tf.nn.conv2d(tf.square(inputs[0] * inputs[1]), toPlanes, [1, 1, 1, 1], "SAME", "NCHW") + inputs[2];
            Tensor maps = tf.nn.conv2d(rgb * 0.5, fromPlanes, [1, 1, 1, 1], "SAME", "NCHW") * inputs[1];
            Tensor[] gradients = [.. tf.gradients(tf.reduce_sum(tf.square(maps)), inputs).Select(g => g!)];
            AssertSame(graph, [rgb, maps, .. gradients], inputs);
            Assert.DoesNotContain("\"Conv\"", Profile(graph, gradients, inputs), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Sums_over_channels_or_pixels_scale_the_feature_maps_that_they_are_of()
    {
        (Graph graph, Tensor[] inputs) = Inputs();
        using (graph)
        using (graph.AsDefault())
        {
            Tensor x = inputs[0] * inputs[1];
            Tensor[] scaled = [.. new int[][] { [1], [2, 3] }.Select(axes => x * tf.reduce_sum(x, axes, keepdims: true))];
            AssertSame(graph, scaled, inputs);
        }
    }

    [Fact]
    public void A_chain_of_operations_on_feature_maps_runs_as_one_kernel()
    {
        (Graph graph, Tensor[] inputs) = Inputs();
        using (graph)
        using (graph.AsDefault())
        {
            string profile = Profile(graph, [tf.nn.leaky_relu((inputs[0] * inputs[1]) + inputs[2], 0.2f) * 2.0], inputs);
            Assert.Contains("FusedElementwise", profile, StringComparison.Ordinal);
            Assert.DoesNotContain("LeakyRelu", profile, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Kernels_of_an_unknown_name_are_an_error()
    {
        using Graph graph = new();
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Session(graph, new SessionConfig { Kernels = "mine" }));
        Assert.Contains("csharp or onnxruntime", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Feature maps, a value for each channel, a value for each pixel.</summary>
    private static (Graph Graph, Tensor[] Inputs) Inputs()
    {
        Graph graph = new();
        using IDisposable asDefault = graph.AsDefault();
        int[][] shapes = [[1, Channels, Side, Side], [1, Channels, 1, 1], [1, 1, Side, Side]];
        return (graph, [.. shapes.Select(s => tf.placeholder(tf.float32, s))]);
    }

    private static FeedDict Feeds(Tensor[] inputs)
    {
        FeedDict feeds = [];
        foreach ((int i, Tensor input) in inputs.Index())
        {
            feeds.Add(input, Values((uint)i, [.. input.Shape]));
        }

        return feeds;
    }

    private static NDArray Values(uint seed, params int[] shape) => new RandomState(seed).Randn(shape).astype(typeof(float));

    /// <summary>ONNX Runtime's profile of a run.</summary>
    private static string Profile(Graph graph, Tensor[] fetches, Tensor[] inputs)
    {
        using TemporaryFolder folder = new();
        using (Session session = new(graph, new SessionConfig { ProfilePrefix = Path.Combine(folder.Path, "profile") }))
        {
            session.Run([.. fetches.Select(f => (Fetch)f)], Feeds(inputs));
        }

        return File.ReadAllText(Directory.GetFiles(folder.Path).Single());
    }

    private static void AssertSame(Graph graph, Tensor[] fetches, Tensor[] inputs)
    {
        NDArray[] expected = Run("onnxruntime"), found = Run("csharp");
        for (int i = 0; i < fetches.Length; i++)
        {
            Golden.AssertWithin(Bound, expected[i], found[i], fetches[i].Name);
        }

        NDArray[] Run(string kernels)
        {
            using Session session = new(graph, new SessionConfig { Kernels = kernels });
            return session.Run([.. fetches.Select(f => (Fetch)f)], Feeds(inputs));
        }
    }
}
