using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using TensorGraph.Runtime.Providers;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Graphs;

/// <summary>What a run computes from what is fed, and which runs share a compiled model.</summary>
public abstract class SessionRunTests : SessionTests
{
    private protected SessionRunTests(ExecutionProvider provider)
        : base(provider)
    {
    }

    [Fact]
    public void A_fetched_tensor_is_computed_from_what_is_fed()
    {
        Tensor x = tf.placeholder(tf.float32, [-1, 2]);
        Tensor y = 2.0 * x + 1.0;
        Assert.Equal([3f, 5f, 7f, 9f], Floats(Session.Run(y, new FeedDict { [x] = np.array(new float[,] { { 1, 2 }, { 3, 4 } }) })));
    }

    [Fact]
    public void Feeding_an_inner_tensor_replaces_computing_it()
    {
        Tensor x = tf.placeholder(tf.float32, [2]);
        Tensor middle = x * 3.0;
        Assert.Equal([2f, 3f], Floats(Session.Run(middle + 1.0, new FeedDict { [middle] = np.array(new[] { 1f, 2f }) })));
    }

    [Fact]
    public void An_unfed_placeholder_is_an_error_that_names_it()
    {
        Tensor x = tf.placeholder(tf.float32, [2], "images");
        Assert.Contains("images", Assert.Throws<InvalidOperationException>(() => Session.Run(x + 1.0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feed_of_another_shape_is_an_error_that_names_both()
    {
        Tensor x = tf.placeholder(tf.float32, [2], "images");
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => Session.Run(x + 1.0, new FeedDict { [x] = np.array(new[] { 1f, 2f, 3f }) }));
        Assert.Contains("images:0 has shape [2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Feeds_take_the_element_type_of_their_placeholder()
    {
        Tensor x = tf.placeholder(tf.float32, [2]);
        Assert.Equal([2f, 4f], Floats(Session.Run(x * 2.0, new FeedDict { [x] = np.array(new[] { 1.0, 2.0 }) })));
    }

    [Fact]
    public void Feeds_in_another_order_share_one_compiled_model()
    {
        Tensor a = tf.placeholder(tf.float32, []), b = tf.placeholder(tf.float32, []);
        Tensor difference = a - b;
        NDArray one = NDArray.Scalar(1f), two = NDArray.Scalar(2f);
        Assert.Equal([-1f], Floats(Session.Run(difference, new FeedDict { [a] = one, [b] = two })));
        Assert.Equal([1f], Floats(Session.Run(difference, new FeedDict { [b] = one, [a] = two })));
        Assert.Equal(1, Session.CompiledModels);
    }

    [Fact]
    public void A_random_tensor_that_is_fed_stays_as_fed_and_draws_nothing()
    {
        Tensor drawn = tf.random_normal([2], seed: 5), same = tf.random_normal([2], seed: 5);
        Assert.Equal([5f, 6f], Floats(Session.Run(drawn + 0.0, new FeedDict { [drawn] = np.array(new[] { 5f, 6f }) })));
        Assert.Equal(Floats(Session.Run(same)), Floats(Session.Run(drawn)));
    }

    [Fact]
    public void Runs_of_one_kind_share_one_compiled_model()
    {
        Tensor x = tf.placeholder(tf.float32, [-1]);
        Tensor y = tf.exp(x);
        for (int n = 1; n < 5; n++)
        {
            Session.Run(y, new FeedDict { [x] = np.zeros(new Shape(n), typeof(float)) });
        }

        Assert.Equal(1, Session.CompiledModels);
    }

    public sealed class OnCpu() : SessionRunTests(new CpuProvider(threads: 0));

    public sealed class InHiddenMemory() : SessionRunTests(new HiddenMemoryProvider());
}
