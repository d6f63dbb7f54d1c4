using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using TensorGraph.Runtime.Providers;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Graphs;

public abstract class SessionTests : IDisposable
{
    private readonly Graph _graph = new();
    private readonly IDisposable _default;
    private readonly Session _session;

    private protected SessionTests(ExecutionProvider provider)
    {
        _default = _graph.AsDefault();
        _session = new Session(_graph, provider);
    }

    public void Dispose()
    {
        _session.Dispose();
        _default.Dispose();
        _graph.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_fetched_tensor_is_computed_from_what_is_fed()
    {
        Tensor x = tf.placeholder(tf.float32, [-1, 2]);
        Tensor y = 2.0 * x + 1.0;
        Assert.Equal([3f, 5f, 7f, 9f], Floats(_session.Run(y, new FeedDict { [x] = np.array(new float[,] { { 1, 2 }, { 3, 4 } }) })));
    }

    [Fact]
    public void Feeding_an_inner_tensor_replaces_computing_it()
    {
        Tensor x = tf.placeholder(tf.float32, [2]);
        Tensor middle = x * 3.0;
        Assert.Equal([2f, 3f], Floats(_session.Run(middle + 1.0, new FeedDict { [middle] = np.array(new[] { 1f, 2f }) })));
    }

    [Fact]
    public void An_unfed_placeholder_is_an_error_that_names_it()
    {
        Tensor x = tf.placeholder(tf.float32, [2], "images");
        Assert.Contains("images", Assert.Throws<InvalidOperationException>(() => _session.Run(x + 1.0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feed_of_another_shape_is_an_error_that_names_both()
    {
        Tensor x = tf.placeholder(tf.float32, [2], "images");
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => _session.Run(x + 1.0, new FeedDict { [x] = np.array(new[] { 1f, 2f, 3f }) }));
        Assert.Contains("images:0 has shape [2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Feeds_take_the_element_type_of_their_placeholder()
    {
        Tensor x = tf.placeholder(tf.float32, [2]);
        Assert.Equal([2f, 4f], Floats(_session.Run(x * 2.0, new FeedDict { [x] = np.array(new[] { 1.0, 2.0 }) })));
    }

    [Fact]
    public void A_variable_has_no_value_before_its_initializer_ran()
    {
        Variable v = tf.Variable(tf.ones([2]), name: "v");
        Assert.Contains(
            "v has no value yet",
            Assert.Throws<InvalidOperationException>(() => _session.Run(v.Value * 2.0)).Message,
            StringComparison.Ordinal);
        _session.Run(tf.global_variables_initializer());
        Assert.Equal([2f, 2f], Floats(_session.Run(v.Value * 2.0)));
    }

    [Fact]
    public void An_assign_is_seen_by_the_next_run()
    {
        Variable v = tf.Variable(tf.ones([2]));
        Tensor step = tf.assign(v, v + tf.constant(1f));
        _session.Run(v.Initializer);
        _session.Run(step.Operation);
        _session.Run(step.Operation);
        Assert.Equal([3f, 3f], Floats(_session.Value(v)));
    }

    [Fact]
    public void A_read_under_control_dependencies_sees_the_assign_and_the_cached_read_does_not()
    {
        Variable v = tf.Variable(tf.ones([1]));
        Tensor step = tf.assign(v, v + tf.constant(1f));
        Tensor after;
        using (tf.control_dependencies(step.Operation))
        {
            after = v.ReadValue() * 10.0;
        }

        _session.Run(v.Initializer);
        NDArray[] values = _session.Run([after, v.Value * 10.0, step]);
        Assert.Equal([20f, 10f, 2f], values.SelectMany(Floats));
    }

    [Fact]
    public void A_failed_run_leaves_every_variable_as_it_was()
    {
        Variable v = tf.Variable(tf.ones([1]));
        Variable never = tf.Variable(tf.ones([1]), name: "never");
        Tensor step = tf.assign(v, v + tf.constant(1f));
        _session.Run(v.Initializer);
        Assert.Throws<InvalidOperationException>(() => _session.Run([step, never.Value * 2.0]));
        Assert.Equal([1f], Floats(_session.Value(v)));
    }

    [Fact]
    public void Loading_a_variable_that_is_compiled_in_as_a_constant_takes_effect()
    {
        Variable v = tf.Variable(tf.ones([2]));
        Tensor y = v * tf.constant(3f);
        _session.Load(v, np.array(new[] { 1f, 2f }));
        Assert.Equal([3f, 6f], Floats(_session.Run(y)));
        _session.Load(v, np.array(new[] { 5f, 6f }));
        Assert.Equal([15f, 18f], Floats(_session.Run(y)));
        _session.Load(v, np.array(new[] { 7f, 8f }));
        Assert.Equal([21f, 24f], Floats(_session.Run(y)));
    }

    [Fact]
    public void A_variable_that_was_loaded_again_is_compiled_in_no_more()
    {
        Variable v = tf.Variable(tf.ones([2]));
        Tensor y = v * tf.constant(3f);
        _session.Load(v, np.array(new[] { 1f, 2f }));
        _session.Run(y);
        Assert.Equal(1, _session.CompiledModels);
        _session.Load(v, np.array(new[] { 5f, 6f }));
        Assert.Equal(0, _session.CompiledModels);
        _session.Run(y);
        _session.Load(v, np.array(new[] { 7f, 8f }));
        Assert.Equal(1, _session.CompiledModels);
    }

    [Fact]
    public void Assigns_of_one_run_read_what_was_there_before_it()
    {
        Variable a = tf.Variable(tf.constant(1f)), b = tf.Variable(tf.constant(2f)), c = tf.Variable(tf.constant(3f));
        Operation swap = tf.group(tf.assign(a, b).Operation, tf.assign(b, a).Operation);
        Operation mix = tf.group(
            tf.assign(a, b + tf.constant(10f)).Operation, tf.assign(b, c.Value * a).Operation, tf.assign(c, a).Operation);
        _session.Run(tf.global_variables_initializer());
        _session.Run(swap);
        Assert.Equal([2f, 1f], _session.Run([a, b]).SelectMany(Floats));
        _session.Run(mix);
        Assert.Equal([11f, 6f, 2f], _session.Run([a, b, c]).SelectMany(Floats));
    }

    [Fact]
    public void A_read_after_several_assigns_sees_the_last_of_them()
    {
        Variable v = tf.Variable(tf.constant(1f));
        Tensor first = tf.assign(v, tf.constant(2f)), second, after;
        using (tf.control_dependencies(first.Operation))
        {
            second = tf.assign(v, v.ReadValue() * 10.0);
        }

        using (tf.control_dependencies(second.Operation))
        {
            after = v.ReadValue() + 1.0;
        }

        _session.Run(v.Initializer);
        Assert.Equal([21f], Floats(_session.Run(after)));
        Assert.Equal([20f], Floats(_session.Value(v)));
    }

    [Fact]
    public void A_read_after_what_is_computed_from_an_assign_sees_it()
    {
        Variable v = tf.Variable(tf.constant(1f));
        Tensor computed = tf.assign(v, tf.constant(5f)) * 2.0, after;
        using (tf.control_dependencies(computed.Operation))
        {
            after = v.ReadValue() + 1.0;
        }

        _session.Run(v.Initializer);
        Assert.Equal([6f], Floats(_session.Run(after)));
    }

    [Fact]
    public void A_variable_that_the_graph_assigns_is_never_compiled_in()
    {
        Variable v = tf.Variable(tf.constant(1f));
        Tensor y = v * tf.constant(3f), step = tf.assign(v, v + tf.constant(1f));
        _session.Run(v.Initializer);
        _session.Run(y);
        int compiled = _session.CompiledModels;
        _session.Run(step.Operation);
        Assert.Equal(compiled + 1, _session.CompiledModels);
        Assert.Equal([6f], Floats(_session.Run(y)));
    }

    [Fact]
    public void Feeds_in_another_order_share_one_compiled_model()
    {
        Tensor a = tf.placeholder(tf.float32, []), b = tf.placeholder(tf.float32, []);
        Tensor difference = a - b;
        NDArray one = NDArray.Scalar(1f), two = NDArray.Scalar(2f);
        Assert.Equal([-1f], Floats(_session.Run(difference, new FeedDict { [a] = one, [b] = two })));
        Assert.Equal([1f], Floats(_session.Run(difference, new FeedDict { [b] = one, [a] = two })));
        Assert.Equal(1, _session.CompiledModels);
    }

    [Fact]
    public void A_random_tensor_that_is_fed_stays_as_fed_and_draws_nothing()
    {
        Tensor drawn = tf.random_normal([2], seed: 5), same = tf.random_normal([2], seed: 5);
        Assert.Equal([5f, 6f], Floats(_session.Run(drawn + 0.0, new FeedDict { [drawn] = np.array(new[] { 5f, 6f }) })));
        Assert.Equal(Floats(_session.Run(same)), Floats(_session.Run(drawn)));
    }

    [Fact]
    public void Runs_of_one_kind_share_one_compiled_model()
    {
        Tensor x = tf.placeholder(tf.float32, [-1]);
        Tensor y = tf.exp(x);
        for (int n = 1; n < 5; n++)
        {
            _session.Run(y, new FeedDict { [x] = np.zeros(new Shape(n), typeof(float)) });
        }

        Assert.Equal(1, _session.CompiledModels);
    }

    [Fact]
    public void A_conditional_computes_only_the_branch_taken()
    {
        Tensor x = tf.placeholder(tf.float32, [], "x");
        Tensor unfed = tf.placeholder(tf.float32, [], "unfed");
        Tensor y = tf.cond(tf.greater(x, tf.constant(0f)), () => x * 2.0, () => unfed * 3.0);
        Assert.Equal([8f], Floats(_session.Run(y, new FeedDict { [x] = NDArray.Scalar(4f) })));
        Assert.Throws<InvalidOperationException>(() => _session.Run(y, new FeedDict { [x] = NDArray.Scalar(-4f) }));
    }

    [Fact]
    public void Gradients_flow_through_the_branch_taken()
    {
        Tensor x = tf.placeholder(tf.float32, []);
        Tensor y = tf.cond(tf.greater(x, tf.constant(0f)), () => x * x, () => -x) * 5.0;
        Tensor dx = tf.gradients(y, x)[0]!;
        Assert.Equal([40f], Floats(_session.Run(dx, new FeedDict { [x] = NDArray.Scalar(4f) })));
        Assert.Equal([-5f], Floats(_session.Run(dx, new FeedDict { [x] = NDArray.Scalar(-4f) })));
    }

    [Theory]
    [InlineData(2, 4, 96)]
    [InlineData(0.5, 0.5, 6)]
    [InlineData(-1, 6, 0)]
    public void Gradients_flow_through_conditionals_within_conditionals(float at, float first, float second)
    {
        Tensor x = tf.placeholder(tf.float32, []);
        Variable w = tf.Variable(tf.constant(3f), name: "w");
        _session.Load(w, NDArray.Scalar(3f));
        Tensor y = tf.cond(
            tf.greater(x, tf.constant(0f)),
            () => tf.cond(tf.greater(x, tf.constant(1f)), () => x * x * w, () => x * w),
            () => w.Value * w.Value);
        Tensor penalty = tf.square(tf.gradients(y, x)[0]!);
        Tensor[] gradients = [tf.gradients(y, w)[0]!, tf.gradients(penalty, w)[0]!];
        NDArray[] actual = _session.Run([gradients[0], gradients[1]], new FeedDict { [x] = NDArray.Scalar(at) });
        Assert.Equal([first, second], actual.Select(a => Floats(a).Single()));
    }

    [Fact]
    public void Gradients_of_gradients_are_gradients()
    {
        Tensor x = tf.placeholder(tf.float32, [2]);
        Tensor dx = tf.gradients(tf.reduce_sum(x * x * x), x)[0]!;
        Tensor ddx = tf.gradients(dx, x)[0]!;
        Assert.Equal([6f, 12f], Floats(_session.Run(ddx, new FeedDict { [x] = np.array(new[] { 1f, 2f }) })));
    }

    [Fact]
    public void Names_follow_TensorFlows_rule()
    {
        using (tf.name_scope("Dataset"))
        {
            Assert.Equal("Dataset/a", tf.constant(1f, name: "a").Operation.Name);
            Assert.Equal("Dataset/a_1", tf.constant(1f, name: "a").Operation.Name);
        }

        using (NameScope again = tf.name_scope("Dataset"))
        {
            Assert.Equal("Dataset_1/", again.Name);
        }

        using (tf.name_scope("Dataset/"))
        {
            Assert.Equal("Dataset/b", tf.constant(1f, name: "b").Operation.Name);
        }
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
        ArgumentException error = Assert.Throws<ArgumentException>(() => _graph.CreateOperation(new OperationDefinition("Einsum", [], [])));
        Assert.StartsWith("Einsum is not among the ONNX operators", error.Message, StringComparison.Ordinal);
        Assert.Empty(_graph.Operations);
    }

    [Fact]
    public void A_saved_model_stands_on_its_own()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.onnx");
        Variable v = tf.Variable(tf.ones([2]));
        _session.Load(v, np.array(new[] { 2f, 3f }));
        Tensor x = tf.placeholder(tf.float32, [2]);
        try
        {
            _session.Export(path, [("product", x * v)], [("factor", x)]);
            using Microsoft.ML.OnnxRuntime.InferenceSession model = new(path);
            using Microsoft.ML.OnnxRuntime.OrtValue factor = Microsoft.ML.OnnxRuntime.OrtValue.CreateTensorValueFromMemory(
                new[] { 5f, 7f }, [2]);
            using Microsoft.ML.OnnxRuntime.RunOptions options = new();
            using var outputs = model.Run(options, ["factor"], [factor], ["product"]);
            Assert.Equal([10f, 21f], outputs[0].GetTensorDataAsSpan<float>().ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Asking_for_CUDA_where_it_is_missing_says_what_to_install()
    {
        NotSupportedException error = Assert.Throws<NotSupportedException>(
            () => new Session(_graph, new SessionConfig { Device = "cuda" }));
        Assert.Contains("OnnxRuntimePackage=Microsoft.ML.OnnxRuntime.Gpu", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_of_a_disposed_session_say_so()
    {
        Variable v = tf.Variable(tf.ones([2]));
        _session.Dispose();
        _session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _session.Run(v.Value));
        Assert.Throws<ObjectDisposedException>(() => _session.Run(v.Initializer));
        Assert.Throws<ObjectDisposedException>(() => _session.Value(v));
        Assert.Throws<ObjectDisposedException>(() => _session.Load(v, np.zeros(new Shape(2), typeof(float))));
        Assert.Throws<ObjectDisposedException>(() => _session.Export("model.onnx", [("v", v)], []));
        Assert.Throws<ObjectDisposedException>(() => _session.RemoveScope("v"));
        Assert.Throws<ObjectDisposedException>(() => _session.CompiledModels);
        Assert.Throws<ObjectDisposedException>(() => _session.AsDefault());
        Assert.False(File.Exists("model.onnx"));
    }

    [Fact]
    public void Members_of_a_disposed_graph_say_so()
    {
        using Graph graph = new();
        graph.Dispose();
        Assert.Throws<ObjectDisposedException>(() => graph.AsDefault());
        Assert.Throws<ObjectDisposedException>(() => graph.Own(_session));
    }

    [Fact]
    public void Nulls_are_refused_by_name()
    {
        Variable v = tf.Variable(tf.ones([2]));
        Assert.Throws<ArgumentNullException>("graph", () => new Session(null!));
        Assert.Throws<ArgumentNullException>("fetch", () => _session.Run((Tensor)null!));
        Assert.Throws<ArgumentNullException>("operation", () => _session.Run((Operation)null!));
        Assert.Throws<ArgumentNullException>("fetches", () => _session.Run([default]));
        Assert.Throws<ArgumentNullException>("value", () => _session.Run(v.Value, new FeedDict { [v.Value] = null! }));
        Assert.Throws<ArgumentNullException>("variable", () => _session.Load(null!, NDArray.Scalar(1f)));
        Assert.Throws<ArgumentNullException>("value", () => _session.Load(v, null!));
        Assert.Throws<ArgumentNullException>("variable", () => _session.Value(null!));
        Assert.Throws<ArgumentNullException>("outputs", () => _session.Export("model.onnx", null!, []));
        Assert.Throws<ArgumentNullException>("inputs", () => _session.Export("model.onnx", [], null!));
    }

    [Fact]
    public void What_is_of_another_graph_is_refused()
    {
        using Graph other = new();
        using IDisposable asDefault = other.AsDefault();
        Variable v = tf.Variable(tf.ones([2]), name: "theirs");
        Assert.Contains(
            "theirs/read is of another graph",
            Assert.Throws<ArgumentException>(() => _session.Run(v.Value)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _session.Load(v, np.zeros(new Shape(2), typeof(float))));
    }

    [Fact]
    public void A_removed_scope_leaves_no_operation_no_name_no_model_and_no_random_stream()
    {
        int operations = _graph.Operations.Count;
        float[] first = Draw();
        Assert.Equal(operations, _graph.Operations.Count);
        Assert.Equal(0, _session.CompiledModels);
        Assert.Equal("scope/x", NameOf("scope/x"));
        Assert.Equal(first, Draw());

        float[] Draw()
        {
            NameScope scope = tf.name_scope("scope");
            Tensor drawn = tf.random_normal([3], seed: 5) * 2.0;
            scope.Dispose();
            float[] values = Floats(_session.Run(drawn));
            _session.RemoveScope(scope.Name);
            return values;
        }

        string NameOf(string name)
        {
            using NameScope root = tf.name_scope("");
            return _graph.UniqueName(name);
        }
    }

    [Fact]
    public void A_scope_stays_where_a_variable_lies_in_it_or_operations_outside_read_it()
    {
        NameScope scope = tf.name_scope("scope");
        Tensor inner = tf.constant(2f) * 3.0;
        scope.Dispose();
        Tensor outer = inner + 1.0;
        _session.RemoveScope("scope");
        Assert.Equal([7f], Floats(_session.Run(outer)));
        Variable v = tf.Variable(tf.ones([2]), name: "within");
        _session.RemoveScope("within");
        _session.Run(v.Initializer);
        Assert.Equal([1f, 1f], Floats(_session.Value(v)));
    }

    private static float[] Floats(NDArray array) => array.Values<float>();

    public sealed class OnCpu() : SessionTests(new CpuProvider(threads: 0));

    public sealed class InHiddenMemory() : SessionTests(new HiddenMemoryProvider());
}
