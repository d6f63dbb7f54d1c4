using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using TensorGraph.Runtime.Providers;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Graphs;

/// <summary>Conditionals, and gradients through them and of gradients.</summary>
public abstract class SessionGradientTests : SessionTests
{
    private protected SessionGradientTests(ExecutionProvider provider)
        : base(provider)
    {
    }

    [Fact]
    public void A_conditional_computes_only_the_branch_taken()
    {
        Tensor x = tf.placeholder(tf.float32, [], "x");
        Tensor unfed = tf.placeholder(tf.float32, [], "unfed");
        Tensor y = tf.cond(tf.greater(x, tf.constant(0f)), () => x * 2.0, () => unfed * 3.0);
        Assert.Equal([8f], Floats(Session.Run(y, new FeedDict { [x] = NDArray.Scalar(4f) })));
        Assert.Throws<InvalidOperationException>(() => Session.Run(y, new FeedDict { [x] = NDArray.Scalar(-4f) }));
    }

    [Fact]
    public void Gradients_flow_through_the_branch_taken()
    {
        Tensor x = tf.placeholder(tf.float32, []);
        Tensor y = tf.cond(tf.greater(x, tf.constant(0f)), () => x * x, () => -x) * 5.0;
        Tensor dx = tf.gradients(y, x)[0]!;
        Assert.Equal([40f], Floats(Session.Run(dx, new FeedDict { [x] = NDArray.Scalar(4f) })));
        Assert.Equal([-5f], Floats(Session.Run(dx, new FeedDict { [x] = NDArray.Scalar(-4f) })));
    }

    [Theory]
    [InlineData(2, 4, 96)]
    [InlineData(0.5, 0.5, 6)]
    [InlineData(-1, 6, 0)]
    public void Gradients_flow_through_conditionals_within_conditionals(float at, float first, float second)
    {
        Tensor x = tf.placeholder(tf.float32, []);
        Variable w = tf.Variable(tf.constant(3f), name: "w");
        Session.Load(w, NDArray.Scalar(3f));
        Tensor y = tf.cond(
            tf.greater(x, tf.constant(0f)),
            () => tf.cond(tf.greater(x, tf.constant(1f)), () => x * x * w, () => x * w),
            () => w.Value * w.Value);
        Tensor penalty = tf.square(tf.gradients(y, x)[0]!);
        Tensor[] gradients = [tf.gradients(y, w)[0]!, tf.gradients(penalty, w)[0]!];
        NDArray[] actual = Session.Run([gradients[0], gradients[1]], new FeedDict { [x] = NDArray.Scalar(at) });
        Assert.Equal([first, second], actual.Select(a => Floats(a).Single()));
    }

    [Fact]
    public void Gradients_of_gradients_are_gradients()
    {
        Tensor x = tf.placeholder(tf.float32, [2]);
        Tensor dx = tf.gradients(tf.reduce_sum(x * x * x), x)[0]!;
        Tensor ddx = tf.gradients(dx, x)[0]!;
        Assert.Equal([6f, 12f], Floats(Session.Run(ddx, new FeedDict { [x] = np.array(new[] { 1f, 2f }) })));
    }

    public sealed class OnCpu() : SessionGradientTests(new CpuProvider(threads: 0));

    public sealed class InHiddenMemory() : SessionGradientTests(new HiddenMemoryProvider());
}
