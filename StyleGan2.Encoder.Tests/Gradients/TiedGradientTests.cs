using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Gradients;

/// <summary>Where a function has a corner or several inputs are equal, its gradient is the one that TensorFlow chooses.</summary>
public sealed class TiedGradientTests
{
    [Fact]
    public void Of_two_equal_inputs_the_first_gets_the_gradient_of_the_maximum() =>
        AssertGradients([[1, 0, 1], [0, 1, 0]], x => tf.maximum(x[0], x[1]), [3, 1, 2], [2, 5, 2]);

    [Fact]
    public void Of_two_equal_inputs_the_first_gets_the_gradient_of_the_minimum() =>
        AssertGradients([[0, 1, 1], [1, 0, 0]], x => tf.minimum(x[0], x[1]), [3, 1, 2], [2, 5, 2]);

    [Fact]
    public void A_clipped_value_has_a_gradient_up_to_and_at_both_limits() =>
        AssertGradients([[0, 1, 1, 1, 0]], x => tf.clip_by_value(x[0], -1, 2), [-1.5f, -1, 0, 2, 2.5f]);

    [Fact]
    public void Relu_has_no_gradient_at_zero() => AssertGradients([[0, 0, 1]], x => tf.nn.relu(x[0]), [-1, 0, 1]);

    [Fact]
    public void Leaky_relu_has_the_gradient_of_the_negative_side_at_zero() =>
        AssertGradients([[0.25f, 0.25f, 1]], x => tf.nn.leaky_relu(x[0], 0.25f), [-1, 0, 1]);

    [Fact]
    public void The_absolute_value_has_no_gradient_at_zero() => AssertGradients([[-1, 0, 1]], x => tf.abs(x[0]), [-2, 0, 2]);

    [Fact]
    public void The_sign_has_no_gradient_anywhere() => AssertGradients([[0, 0, 0]], x => tf.sign(x[0]) + (x[0] * 0.0), [-2, 0, 2]);

    [Fact]
    public void Elu_has_the_gradient_of_the_positive_side_at_zero() => AssertGradients([[1, 1]], x => tf.nn.elu(x[0]), [0, 2]);

    [Fact]
    public void Selu_has_the_gradient_of_the_positive_side_at_zero() =>
        AssertGradients([[1.050701f, 1.050701f]], x => tf.nn.selu(x[0]), [0, 2]);

    [Fact]
    public void The_exponent_of_zero_has_no_gradient() =>
        AssertGradients([[0, 2.772589f]], x => tf.pow(tf.constant(Row(0, 2)), x[0]), [2, 2]);

    [Fact]
    public void Equal_largest_elements_share_the_gradient_of_a_reduced_maximum() =>
        AssertGradients([[0, 0.5f, 0.5f, 0]], x => tf.reduce_max(x[0]), [1, 3, 3, 2]);

    [Fact]
    public void Equal_smallest_elements_share_the_gradient_of_a_reduced_minimum() =>
        AssertGradients([[0.25f, 0.25f, 0.25f, 0.25f]], x => tf.reduce_min(x[0]), [7, 7, 7, 7]);

    [Fact]
    public void The_first_of_the_largest_pixels_of_a_block_gets_the_gradient_of_max_pooling()
    {
        AssertPooled([1, 0, 0, 0], [5, 5, 5, 5]);
        AssertPooled([0, 1, 0, 0], [4, 5, 5, 5]);
        AssertPooled([0, 0, 1, 0], [4, 3, 5, 5]);
        AssertPooled([0, 0, 0, 1], [-4, -3, -5, -2]);
        AssertPooled([0, 1, 0, 0], [0, 7, 7, 0]);
        AssertPooled([1, 0, 0, 0], [0, -1, 0, -1]);
    }

    [Fact]
    public void Max_pooling_gives_each_block_the_gradient_of_its_own_mean_and_the_pixels_beyond_the_blocks_none()
    {
        float[] image =
        [
            2, 2, 0, 1, 9,
            2, 2, 3, 3, 9,
            1, 0, 4, 4, 9,
            1, 1, 4, 5, 9,
            9, 9, 9, 9, 9,
        ];
        float[] expected =
        [
            1, 0, 0, 0, 0,
            0, 0, 2, 0, 0,
            3, 0, 0, 0, 0,
            0, 0, 0, 4, 0,
            0, 0, 0, 0, 0,
        ];
        NDArray factors = Row(1, 2, 3, 4).reshape(1, 1, 2, 2);
        AssertGradients([expected], x => MaxPool(tf.reshape(x[0], [1, 1, 5, 5])) * tf.constant(factors), image);
    }

    private static void AssertPooled(float[] expected, float[] block) =>
        AssertGradients([expected], x => MaxPool(tf.reshape(x[0], [1, 1, 2, 2])), block);

    private static Tensor MaxPool(Tensor images) => tf.nn.max_pool(images, [2, 2], [2, 2], "VALID", "NCHW");

    private static void AssertGradients(float[][] expected, Func<Tensor[], Tensor> function, params float[][] inputs)
    {
        using Graph graph = new();
        using Session session = new(graph);
        using IDisposable asDefault = session.AsDefault();
        Tensor[] x = [.. inputs.Select(i => tf.placeholder(tf.float32, [i.Length]))];
        Tensor[] gradients = [.. tf.gradients(tf.reduce_sum(function(x)), x).OfType<Tensor>()];
        FeedDict feeds = [];
        Array.ForEach([.. x.Zip(inputs)], p => feeds.Add(p.First, Row(p.Second)));
        NDArray[] actual = session.Run([.. gradients.Select(Fetch.FromTensor)], feeds);
        Assert.Equal(expected, actual.Select(a => a.Values<float>().Select(v => MathF.Round(v, 6)).ToArray()));
    }

    private static NDArray Row(params float[] values) => values.ToNDArray(values.Length);
}
