using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using TensorGraph.Runtime.Providers;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Graphs;

/// <summary>What cannot be built, opened or run is refused by name.</summary>
public abstract class SessionErrorTests : SessionTests
{
    private protected SessionErrorTests(ExecutionProvider provider)
        : base(provider)
    {
    }

    [Fact]
    public void A_shape_error_names_the_operation_and_both_shapes()
    {
        Tensor a = tf.placeholder(tf.float32, [2, 3], "a");
        Tensor b = tf.placeholder(tf.float32, [4], "b");
        Assert.Equal("Add: shapes [2, 3] of a:0 and [4] of b:0 do not broadcast", Assert.Throws<ArgumentException>(() => a + b).Message);
    }

    [Fact]
    public void An_operation_that_is_no_ONNX_operator_of_the_emitted_set_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Graph.CreateOperation(new OperationDefinition("Einsum", [], [])));
        Assert.StartsWith("Einsum is not among the ONNX operators", error.Message, StringComparison.Ordinal);
        Assert.Empty(Graph.Operations);
    }

    [Fact]
    public void Asking_for_CUDA_where_it_is_missing_says_what_to_install()
    {
        NotSupportedException error = Assert.Throws<NotSupportedException>(
            () => new Session(Graph, new SessionConfig { Device = "cuda" }));
        Assert.Contains("OnnxRuntimePackage=Microsoft.ML.OnnxRuntime.Gpu", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_of_a_disposed_session_say_so()
    {
        Variable v = tf.Variable(tf.ones([2]));
        Session.Dispose();
        Session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Session.Run(v.Value));
        Assert.Throws<ObjectDisposedException>(() => Session.Run(v.Initializer));
        Assert.Throws<ObjectDisposedException>(() => Session.Value(v));
        Assert.Throws<ObjectDisposedException>(() => Session.Load(v, np.zeros(new Shape(2), typeof(float))));
        Assert.Throws<ObjectDisposedException>(() => Session.Export("model.onnx", [("v", v)], []));
        Assert.Throws<ObjectDisposedException>(() => Session.RemoveScope("v"));
        Assert.Throws<ObjectDisposedException>(() => Session.CompiledModels);
        Assert.Throws<ObjectDisposedException>(() => Session.AsDefault());
        Assert.False(File.Exists("model.onnx"));
    }

    [Fact]
    public void Members_of_a_disposed_graph_say_so()
    {
        using Graph graph = new();
        graph.Dispose();
        Assert.Throws<ObjectDisposedException>(() => graph.AsDefault());
        Assert.Throws<ObjectDisposedException>(() => graph.Own(Session));
    }

    [Fact]
    public void Nulls_are_refused_by_name()
    {
        Variable v = tf.Variable(tf.ones([2]));
        Assert.Throws<ArgumentNullException>("graph", () => new Session(null!));
        Assert.Throws<ArgumentNullException>("fetch", () => Session.Run((Tensor)null!));
        Assert.Throws<ArgumentNullException>("operation", () => Session.Run((Operation)null!));
        Assert.Throws<ArgumentNullException>("fetches", () => Session.Run([default]));
        Assert.Throws<ArgumentNullException>("value", () => Session.Run(v.Value, new FeedDict { [v.Value] = null! }));
        Assert.Throws<ArgumentNullException>("variable", () => Session.Load(null!, NDArray.Scalar(1f)));
        Assert.Throws<ArgumentNullException>("value", () => Session.Load(v, null!));
        Assert.Throws<ArgumentNullException>("variable", () => Session.Value(null!));
        Assert.Throws<ArgumentNullException>("outputs", () => Session.Export("model.onnx", null!, []));
        Assert.Throws<ArgumentNullException>("inputs", () => Session.Export("model.onnx", [], null!));
    }

    [Fact]
    public void What_is_of_another_graph_is_refused()
    {
        using Graph other = new();
        using IDisposable asDefault = other.AsDefault();
        Variable v = tf.Variable(tf.ones([2]), name: "theirs");
        Assert.Contains(
            "theirs/read is of another graph",
            Assert.Throws<ArgumentException>(() => Session.Run(v.Value)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Session.Load(v, np.zeros(new Shape(2), typeof(float))));
    }

    public sealed class OnCpu() : SessionErrorTests(new CpuProvider(threads: 0));

    public sealed class InHiddenMemory() : SessionErrorTests(new HiddenMemoryProvider());
}
