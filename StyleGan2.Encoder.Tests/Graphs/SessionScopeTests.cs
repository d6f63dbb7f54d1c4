using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Providers;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Graphs;

/// <summary>Names of operations in scopes, and scopes that are removed.</summary>
public abstract class SessionScopeTests : SessionTests
{
    private protected SessionScopeTests(ExecutionProvider provider)
        : base(provider)
    {
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
    public void A_removed_scope_leaves_no_operation_no_name_no_model_and_no_random_stream()
    {
        int operations = Graph.Operations.Count;
        float[] first = Draw();
        Assert.Equal(operations, Graph.Operations.Count);
        Assert.Equal(0, Session.CompiledModels);
        Assert.Equal("scope/x", NameOf("scope/x"));
        Assert.Equal(first, Draw());

        float[] Draw()
        {
            NameScope scope = tf.name_scope("scope");
            Tensor drawn = tf.random_normal([3], seed: 5) * 2.0;
            scope.Dispose();
            float[] values = Floats(Session.Run(drawn));
            Session.RemoveScope(scope.Name);
            return values;
        }

        string NameOf(string name)
        {
            using NameScope root = tf.name_scope("");
            return Graph.UniqueName(name);
        }
    }

    [Fact]
    public void A_scope_stays_where_a_variable_lies_in_it_or_operations_outside_read_it()
    {
        NameScope scope = tf.name_scope("scope");
        Tensor inner = tf.constant(2f) * 3.0;
        scope.Dispose();
        Tensor outer = inner + 1.0;
        Session.RemoveScope("scope");
        Assert.Equal([7f], Floats(Session.Run(outer)));
        Variable v = tf.Variable(tf.ones([2]), name: "within");
        Session.RemoveScope("within");
        Session.Run(v.Initializer);
        Assert.Equal([1f, 1f], Floats(Session.Value(v)));
    }

    public sealed class OnCpu() : SessionScopeTests(new CpuProvider(threads: 0));

    public sealed class InHiddenMemory() : SessionScopeTests(new HiddenMemoryProvider());
}
