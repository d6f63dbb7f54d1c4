using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Graphs;

public sealed class PlanCacheTests : IDisposable
{
    private readonly Graph _graph = new();
    private readonly IDisposable _default;
    private readonly HiddenMemoryProvider _provider = new();
    private readonly Session _session;
    private readonly Tensor _x;

    public PlanCacheTests()
    {
        _default = _graph.AsDefault();
        _session = new Session(_graph, _provider);
        _x = tf.placeholder(tf.float32, []);
    }

    public void Dispose()
    {
        _session.Dispose();
        _default.Dispose();
        _graph.Dispose();
    }

    [Fact]
    public void Models_used_longest_ago_are_dropped()
    {
        for (int i = 0; i < 3 * PlanCache.Capacity; i++)
        {
            Assert.Equal(2f + i, Run(_x + i, 2));
        }

        Assert.Equal(PlanCache.Capacity, _session.CompiledModels);
    }

    [Fact]
    public void A_dropped_model_is_compiled_again_when_it_is_needed()
    {
        Tensor first = _x * 3.0;
        Run(first, 1);
        CompileOthers(PlanCache.Capacity);
        int compiled = _provider.Compiled;
        Assert.Equal(6f, Run(first, 2));
        Assert.Equal(compiled + 1, _provider.Compiled);
    }

    [Fact]
    public void A_step_taken_again_and_again_is_compiled_once()
    {
        Tensor step = _x * 3.0;
        Run(step, 1);
        for (int i = 0; i < 3; i++)
        {
            CompileOthers(PlanCache.Capacity - 1);
            int compiled = _provider.Compiled;
            Run(step, i);
            Assert.Equal(compiled, _provider.Compiled);
        }
    }

    [Fact]
    public void A_run_that_decides_more_conditionals_than_there_is_room_for_keeps_its_models()
    {
        Tensor value = _x;
        for (int i = 0; i < PlanCache.Capacity + 10; i++)
        {
            Tensor before = value;
            value = tf.cond(tf.greater(_x, tf.constant(-1f - i)), () => before + 1.0, () => before);
        }

        Assert.Equal(PlanCache.Capacity + 10f, Run(value, 0));
        int compiled = _provider.Compiled;
        Assert.Equal(PlanCache.Capacity + 11f, Run(value, 1));
        Assert.Equal(compiled, _provider.Compiled);
    }

    [Fact]
    public void A_variables_value_outlives_the_model_that_made_it()
    {
        Variable v = tf.Variable(tf.zeros([1000]));
        _session.Run(tf.assign(v, tf.ones([1000]) * 2.0 * _x).Operation, Feed(3));
        CompileOthers(PlanCache.Capacity);
        Assert.All(_session.Value(v).Values<float>(), value => Assert.Equal(6f, value));
    }

    private void CompileOthers(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Run(_x - i, 1);
        }
    }

    private float Run(Tensor fetch, float x) => _session.Run(fetch, Feed(x)).GetAtIndex<float>(0);

    private FeedDict Feed(float x) => new() { [_x] = NDArray.Scalar(x) };
}
