using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using TensorGraph.Runtime.Constants;
using TensorGraph.Runtime.Onnx;
using TensorGraph.Runtime.Subgraphs;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Graphs;

public sealed class ConstantFoldingTests : IDisposable
{
    private const int Size = 64;

    private readonly Graph _graph = new();
    private readonly IDisposable _default;
    private readonly Tensor _x;

    public ConstantFoldingTests()
    {
        _default = _graph.AsDefault();
        _x = tf.placeholder(tf.float32, [1, Size]);
    }

    public void Dispose()
    {
        _default.Dispose();
        _graph.Dispose();
    }

    [Fact]
    public void Only_what_depends_on_the_inputs_is_left_to_compute()
    {
        Tensor weights = tf.transpose(tf.square(Weights(1)) * 3.0);
        OnnxModel model = Folded(tf.matmul(_x, weights) + tf.reduce_sum(tf.constant(2.0)));
        Assert.Equal(["MatMul", "Add", "Identity"], model.Proto.Graph.Node.Select(n => n.OpType));
        Assert.Equal(2, model.Proto.Graph.Initializer.Count);
    }

    [Fact]
    public void Small_constants_are_part_of_the_model_and_large_ones_stay_where_they_are()
    {
        NDArray values = Values(1);
        OnnxModel model = Model(tf.matmul(_x, tf.constant(values)) + 5.0);
        TensorProto large = Assert.Single(model.Proto.Graph.Initializer, i => model.Constants.MemoryOf(i) is not null);
        Assert.Equal(HostMemory.Of(values).Address, model.Constants.MemoryOf(large)!.Address);
        Assert.Equal(HostMemory.Of(values).Size, model.Constants.Size);
        Assert.All(model.Proto.Graph.Initializer, i => Assert.Equal(i == large, i.RawData.IsEmpty));
    }

    [Fact]
    public void Models_share_what_is_computed_of_the_same_constants()
    {
        OnnxModel[] models = [.. Enumerable.Range(0, 2).Select(_ => Folded(tf.matmul(_x, tf.square(Weights(7)))))];
        HostMemory[] memory = [.. models.Select(m => m.Constants.MemoryOf(Assert.Single(m.Proto.Graph.Initializer))!)];
        Assert.Equal(memory[0].Address, memory[1].Address);
    }

    [Fact]
    public void A_constant_that_is_an_output_is_computed_by_the_model()
    {
        OnnxModel model = Folded(tf.square(tf.constant(3.0)));
        Assert.NotEmpty(model.Proto.Graph.Node);
        using Session session = new(_graph);
        Assert.Equal(9f, session.Run(tf.square(tf.constant(3.0))).Values<float>()[0]);
    }

    [Fact]
    public void A_large_variable_can_change_after_models_have_read_it_in_place()
    {
        Variable weights = tf.Variable(tf.zeros([Size, Size]), name: "weights");
        Tensor product = tf.matmul(_x, weights.Value);
        using Session session = new(_graph);
        FeedDict feeds = new() { [_x] = np.ones(new Shape(1, Size), typeof(float)) };
        for (int i = 0; i < 3; i++)
        {
            NDArray values = Values(i);
            session.Load(weights, values);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            float expected = values.Values<float>().Where((_, at) => at % Size == 0).Sum();
            Assert.Equal(expected, session.Run(product, feeds).Values<float>()[0], 1e-4f);
        }
    }

    private static NDArray Values(int seed)
    {
        System.Random random = new(seed);
        return Enumerable.Range(0, Size * Size).Select(_ => (float)random.NextDouble()).ToArray().ToNDArray([Size, Size]);
    }

    private static Tensor Weights(int seed) => tf.constant(Values(seed));

    private OnnxModel Folded(Tensor output)
    {
        OnnxModel model = Model(output);
        ConstantFolding.Apply(model);
        return model;
    }

    private OnnxModel Model(Tensor output)
    {
        Subgraph subgraph = new SubgraphResolver(new HashSet<Tensor> { _x }, _ => false).Resolve([output.Operation]);
        return new OnnxModelBuilder(subgraph, _ => null, keepsConstantsOutside: true).Build([output]);
    }
}
