using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Providers;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Graphs;

/// <summary>Values of variables: initialized, assigned within runs, loaded, and compiled into models.</summary>
public abstract class SessionVariableTests : SessionTests
{
    private protected SessionVariableTests(ExecutionProvider provider)
        : base(provider)
    {
    }

    [Fact]
    public void A_variable_has_no_value_before_its_initializer_ran()
    {
        Variable v = tf.Variable(tf.ones([2]), name: "v");
        Assert.Contains(
            "v has no value yet",
            Assert.Throws<InvalidOperationException>(() => Session.Run(v.Value * 2.0)).Message,
            StringComparison.Ordinal);
        Session.Run(tf.global_variables_initializer());
        Assert.Equal([2f, 2f], Floats(Session.Run(v.Value * 2.0)));
    }

    [Fact]
    public void An_assign_is_seen_by_the_next_run()
    {
        Variable v = tf.Variable(tf.ones([2]));
        Tensor step = tf.assign(v, v + tf.constant(1f));
        Session.Run(v.Initializer);
        Session.Run(step.Operation);
        Session.Run(step.Operation);
        Assert.Equal([3f, 3f], Floats(Session.Value(v)));
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

        Session.Run(v.Initializer);
        NDArray[] values = Session.Run([after, v.Value * 10.0, step]);
        Assert.Equal([20f, 10f, 2f], values.SelectMany(Floats));
    }

    [Fact]
    public void A_failed_run_leaves_every_variable_as_it_was()
    {
        Variable v = tf.Variable(tf.ones([1]));
        Variable never = tf.Variable(tf.ones([1]), name: "never");
        Tensor step = tf.assign(v, v + tf.constant(1f));
        Session.Run(v.Initializer);
        Assert.Throws<InvalidOperationException>(() => Session.Run([step, never.Value * 2.0]));
        Assert.Equal([1f], Floats(Session.Value(v)));
    }

    [Fact]
    public void Loading_a_variable_that_is_compiled_in_as_a_constant_takes_effect()
    {
        Variable v = tf.Variable(tf.ones([2]));
        Tensor y = v * tf.constant(3f);
        Session.Load(v, np.array(new[] { 1f, 2f }));
        Assert.Equal([3f, 6f], Floats(Session.Run(y)));
        Session.Load(v, np.array(new[] { 5f, 6f }));
        Assert.Equal([15f, 18f], Floats(Session.Run(y)));
        Session.Load(v, np.array(new[] { 7f, 8f }));
        Assert.Equal([21f, 24f], Floats(Session.Run(y)));
    }

    [Fact]
    public void A_variable_that_was_loaded_again_is_compiled_in_no_more()
    {
        Variable v = tf.Variable(tf.ones([2]));
        Tensor y = v * tf.constant(3f);
        Session.Load(v, np.array(new[] { 1f, 2f }));
        Session.Run(y);
        Assert.Equal(1, Session.CompiledModels);
        Session.Load(v, np.array(new[] { 5f, 6f }));
        Assert.Equal(0, Session.CompiledModels);
        Session.Run(y);
        Session.Load(v, np.array(new[] { 7f, 8f }));
        Assert.Equal(1, Session.CompiledModels);
    }

    [Fact]
    public void Assigns_of_one_run_read_what_was_there_before_it()
    {
        Variable a = tf.Variable(tf.constant(1f)), b = tf.Variable(tf.constant(2f)), c = tf.Variable(tf.constant(3f));
        Operation swap = tf.group(tf.assign(a, b).Operation, tf.assign(b, a).Operation);
        Operation mix = tf.group(
            tf.assign(a, b + tf.constant(10f)).Operation, tf.assign(b, c.Value * a).Operation, tf.assign(c, a).Operation);
        Session.Run(tf.global_variables_initializer());
        Session.Run(swap);
        Assert.Equal([2f, 1f], Session.Run([a, b]).SelectMany(Floats));
        Session.Run(mix);
        Assert.Equal([11f, 6f, 2f], Session.Run([a, b, c]).SelectMany(Floats));
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

        Session.Run(v.Initializer);
        Assert.Equal([21f], Floats(Session.Run(after)));
        Assert.Equal([20f], Floats(Session.Value(v)));
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

        Session.Run(v.Initializer);
        Assert.Equal([6f], Floats(Session.Run(after)));
    }

    [Fact]
    public void A_variable_that_the_graph_assigns_is_never_compiled_in()
    {
        Variable v = tf.Variable(tf.constant(1f));
        Tensor y = v * tf.constant(3f), step = tf.assign(v, v + tf.constant(1f));
        Session.Run(v.Initializer);
        Session.Run(y);
        int compiled = Session.CompiledModels;
        Session.Run(step.Operation);
        Assert.Equal(compiled + 1, Session.CompiledModels);
        Assert.Equal([6f], Floats(Session.Run(y)));
    }

    public sealed class OnCpu() : SessionVariableTests(new CpuProvider(threads: 0));

    public sealed class InHiddenMemory() : SessionVariableTests(new HiddenMemoryProvider());
}
