using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime.Constants;
using TensorGraph.Runtime.Kernels.Convolutions;
using TensorGraph.Runtime.Kernels.Selection;
using TensorGraph.Runtime.Onnx;
using TensorGraph.Runtime.Subgraphs;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Kernels;

public sealed class WinogradFiltersTests
{
    private const int Channels = 12, Outputs = 20;

    [Fact]
    public void A_gradient_takes_the_transformed_weights_of_its_convolution()
    {
        OnnxModel model = Gradient(out string[] weights);
        WinogradFilters filters = new(new ConstantValues(model));
        WinogradTiling tiling = SmallTiles.Instance;
        Assert.Same(filters.Of(weights[0], Outputs, Channels, tiling).Turned, filters.Of(weights[1], Channels, Outputs, tiling));
    }

    [Fact]
    public void Several_models_share_them()
    {
        Assert.Same(Transformed(), Transformed());

        static WinogradWeights Transformed()
        {
            OnnxModel model = Gradient(out string[] weights);
            return new WinogradFilters(new ConstantValues(model)).Of(weights[0], Outputs, Channels, SmallTiles.Instance);
        }
    }

    /// <summary>A convolution squared, and its gradient for the images; the names of their weights.</summary>
    private static OnnxModel Gradient(out string[] weights)
    {
        using Graph graph = new();
        using IDisposable asDefault = graph.AsDefault();
        Tensor images = tf.placeholder(tf.float32, [1, Channels, 16, 16]);
        float[] values = RandomFloats.Next(new System.Random(3), 9 * Channels * Outputs);
        Tensor filter = tf.constant(values.ToNDArray([3, 3, Channels, Outputs])) * 0.5;
        Tensor results = tf.square(tf.nn.conv2d(images, filter, [1, 1, 1, 1], "SAME", "NCHW"));
        Tensor gradient = tf.gradients(results, [images])[0]!;
        Subgraph subgraph = new SubgraphResolver(new HashSet<Tensor> { images }, _ => false).Resolve([gradient.Operation]);
        OnnxModel model = new OnnxModelBuilder(subgraph, _ => null, keepsConstantsOutside: true).Build([gradient]);
        weights = [.. model.Proto.Graph.Node.Where(n => n.OpType == "Conv").Select(n => n.Input[1])];
        return model;
    }
}
