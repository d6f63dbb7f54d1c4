using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Graphs;

/// <summary>Sessions that run at the same time on one graph, with the same compiled models.</summary>
public sealed class SessionForkTests : IDisposable
{
    private readonly Graph _graph = new();
    private readonly IDisposable _default;
    private readonly Session _session;

    public SessionForkTests()
    {
        _default = _graph.AsDefault();
        _session = new Session(_graph);
    }

    public void Dispose()
    {
        _session.Dispose();
        _default.Dispose();
        _graph.Dispose();
    }

    [Fact]
    public void Each_session_assigns_variables_of_its_own_and_all_use_one_model()
    {
        (Variable counter, Operation count) = Counter();
        Session fork = _session.Fork(1, 2)[0];
        _session.Run(count);
        fork.Run(count);
        fork.Run(count);
        Assert.Equal((11f, 12f), (Value(_session, counter), Value(fork, counter)));
        Assert.Equal(_session.CompiledModels, fork.CompiledModels);
        Assert.Equal(1, fork.CompiledModels);
    }

    [Fact]
    public void Values_at_the_fork_are_those_it_begins_with()
    {
        (Variable counter, Operation count) = Counter();
        _session.Run(count);
        Assert.Equal(11f, Value(_session.Fork(1, 1)[0], counter));
    }

    [Fact]
    public void A_variable_that_nothing_assigns_is_shared_and_stays_as_it_is()
    {
        Variable constant = tf.Variable(tf.constant(2f), name: "weights");
        _session.Run(constant.Initializer);
        Session fork = _session.Fork(1, 1)[0];
        Assert.Equal(2f, Value(fork, constant));
        foreach (Session session in (Session[])[_session, fork])
        {
            Assert.Contains(
                "weights cannot change: several sessions share its value",
                Assert.Throws<InvalidOperationException>(() => session.Load(constant, NDArray.Scalar(3f))).Message,
                StringComparison.Ordinal);
        }

        Assert.Equal(2f, Value(_session, constant));
    }

    [Fact]
    public void Random_streams_of_a_fork_begin_at_the_first_run()
    {
        Tensor draw = tf.random_normal([8]);
        float[] first = [.. _session.Run(draw).Values<float>()];
        Session fork = _session.Fork(1, 1)[0];
        Assert.NotEqual(first, _session.Run(draw).Values<float>());
        Assert.Equal(first, fork.Run(draw).Values<float>());
    }

    [Fact]
    public void Sessions_that_run_at_the_same_time_do_not_mix_their_values()
    {
        Tensor x = tf.placeholder(tf.float32, [64, 64]);
        Variable sum = tf.Variable(tf.zeros([64, 64]));
        _session.Run(sum.Initializer);
        Operation add = tf.assign(sum, sum.Value + tf.matmul(x, x) / 64.0).Operation;
        Session[] sessions = [_session, .. _session.Fork(3, 2)];
        Parallel.ForEach(sessions.Index(), s =>
        {
            for (int run = 0; run < 50; run++)
            {
                s.Item.Run(add, new FeedDict { [x] = np.ones(new Shape(64, 64), typeof(float)) * (float)(s.Index + 1) });
            }
        });
        Assert.All(sessions.Index(), s => Assert.All(
            s.Item.Value(sum).Values<float>(), value => Assert.Equal(50f * (s.Index + 1) * (s.Index + 1), value)));
    }

    [Fact]
    public void Runs_that_are_not_kept_do_not_disturb_those_of_another_session()
    {
        Tensor x = tf.placeholder(tf.float32, []);
        Tensor[] many = [.. Enumerable.Range(0, 2 * PlanCache.Capacity).Select(i => x + i)];
        Session[] sessions = [_session, .. _session.Fork(1, 2)];
        Parallel.ForEach(sessions, session =>
        {
            foreach ((int i, Tensor tensor) in many.Index())
            {
                Assert.Equal(i + 1f, session.Run(tensor, new FeedDict { [x] = NDArray.Scalar(1f) }).GetAtIndex<float>(0));
            }
        });
        Assert.Equal(PlanCache.Capacity, _session.CompiledModels);
    }

    [Fact]
    public void Forks_are_disposed_with_their_session()
    {
        Session fork = _session.Fork(1, 1)[0];
        _session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => fork.CompiledModels);
    }

    private (Variable Counter, Operation Count) Counter()
    {
        Variable counter = tf.Variable(tf.constant(10f));
        _session.Run(counter.Initializer);
        return (counter, tf.assign(counter, counter.Value + 1.0).Operation);
    }

    private static float Value(Session session, Variable variable) => session.Value(variable).GetAtIndex<float>(0);
}
