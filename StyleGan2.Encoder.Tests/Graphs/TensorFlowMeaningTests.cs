using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Graphs;

/// <summary>Functions of the facade mean what TensorFlow 1's of that name do, where other libraries differ.</summary>
public sealed class TensorFlowMeaningTests : IDisposable
{
    private readonly Graph _graph = new();
    private readonly IDisposable _default;
    private readonly Session _session;

    public TensorFlowMeaningTests()
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
    public void The_default_session_is_the_innermost_one_entered()
    {
        Assert.Null(tf.get_default_session());
        using Session outer = new(_graph), inner = new(_graph);
        using (outer.AsDefault())
        {
            using (inner.AsDefault())
            {
                Assert.Same(inner, tf.get_default_session());
            }

            Assert.Same(outer, tf.get_default_session());
        }

        Assert.Null(tf.get_default_session());
    }

    [Fact]
    public void A_number_without_a_point_is_int32_and_one_with_a_point_float32()
    {
        AssertIs(tf.constant(5), tf.int32, []);
        AssertIs(tf.constant(5f), tf.float32, []);
        AssertIs(tf.constant(0.5), tf.float32, []);
        AssertIs(tf.constant(5L), tf.int64, []);
        AssertIs(tf.constant(true), DataType.Bool, []);
    }

    [Fact]
    public void A_constant_takes_the_element_type_that_is_asked_for()
    {
        AssertIs(tf.constant(5, tf.float32), tf.float32, []);
        AssertIs(tf.constant(5, tf.uint8), tf.uint8, []);
        AssertIs(tf.constant(0.1, tf.float64), tf.float64, []);
        AssertIs(tf.constant(new[] { 1, 2 }, tf.int64), tf.int64, [2]);
        Assert.Equal([0.1], _session.Run(tf.constant(0.1, tf.float64)).Values<double>());
    }

    [Fact]
    public void An_array_keeps_its_element_type_and_shape()
    {
        AssertIs(tf.constant(new long[] { 1, 2, 3 }), tf.int64, [3]);
        AssertIs(tf.constant(new[] { 1, 2, 3 }), tf.int32, [3]);
        AssertIs(tf.constant(new[] { 1.0, 2 }), tf.float64, [2]);
        AssertIs(tf.constant(np.zeros(new Shape(2, 3), typeof(byte))), tf.uint8, [2, 3]);
    }

    [Theory]
    [InlineData(0.5, DataType.Int32)]
    [InlineData(256, DataType.UInt8)]
    [InlineData(-1, DataType.UInt8)]
    [InlineData(4294967296, DataType.Int32)]
    [InlineData(double.NaN, DataType.Int64)]
    public void A_number_that_the_element_type_does_not_hold_is_refused(double value, DataType dtype)
    {
        Assert.Throws<ArgumentException>(() => tf.constant(value, dtype));
        Assert.Throws<ArgumentException>(() => tf.zeros([2], dtype) * value);
    }

    [Fact]
    public void A_shape_is_int32_unless_int64_is_asked_for()
    {
        Tensor x = tf.placeholder(tf.float32, [-1, 3]);
        FeedDict feeds = new() { [x] = np.zeros(new Shape(4, 3), typeof(float)) };
        Assert.Equal([4, 3], _session.Run(tf.shape(x), feeds).Values<int>());
        Assert.Equal([4L, 3], _session.Run(tf.shape(x, out_type: tf.int64), feeds).Values<long>());
        Assert.Equal([2, 5], _session.Run(tf.shape(tf.zeros([2, 5]))).Values<int>());
        Assert.Equal([2L, 5], _session.Run(tf.shape(tf.zeros([2, 5]), out_type: tf.int64)).Values<long>());
    }

    [Fact]
    public void A_slice_is_given_by_its_begin_and_its_size()
    {
        Tensor x = tf.reshape(tf.constant(Enumerable.Range(0, 12).ToArray()), [3, 4]);
        Assert.Equal([5, 6, 9, 10], _session.Run(tf.slice(x, [1, 1], [2, 2])).Values<int>());
        Assert.Equal([6, 7, 10, 11], _session.Run(tf.slice(x, [1, 2], [-1, -1])).Values<int>());
        Assert.Equal([0, 4, 8], _session.Run(tf.slice(x, [0, 0], [3, 1])).Values<int>());
        AssertIs(tf.slice(x, [0, 4], [3, 0]), tf.int32, [3, 0]);
    }

    [Theory]
    [InlineData(new[] { 0, 2 }, new[] { 3, 3 })]
    [InlineData(new[] { -1, 0 }, new[] { 1, 1 })]
    [InlineData(new[] { 0, 0 }, new[] { -2, 1 })]
    [InlineData(new[] { 0 }, new[] { 1 })]
    public void A_slice_beyond_its_tensor_is_refused(int[] begin, int[] size) =>
        Assert.Throws<ArgumentException>(() => tf.slice(tf.zeros([3, 4]), begin, size));

    [Fact]
    public void What_the_graph_knows_of_a_computed_shape_becomes_the_static_shape()
    {
        Tensor x = tf.placeholder(tf.float32, [-1, 2, 6]);
        Tensor samples = tf.slice(tf.shape(x), [0], [1]);
        Tensor reshaped = tf.reshape(x, tf.concat([samples, tf.constant(new[] { 3, -1 })], 0));
        Assert.Equal([-1, 3, -1], reshaped.Shape);
        Assert.Equal([-1, 2, 6], tf.random_normal(tf.shape(x)).Shape);
        Assert.Equal([-1, 2, 6], tf.broadcast_to(tf.ones([1, 1, 6]), tf.shape(x)).Shape);
        FeedDict feeds = new() { [x] = np.zeros(new Shape(5, 2, 6), typeof(float)) };
        Assert.Equal([5, 3, 4], _session.Run(reshaped, feeds).shape);
        Assert.Equal([5, 2, 6], _session.Run(tf.random_normal(tf.shape(x)), feeds).shape);
        Assert.Equal([5, 2, 6], _session.Run(tf.broadcast_to(tf.ones([1, 1, 6]), tf.shape(x)), feeds).shape);
    }

    [Fact]
    public void What_is_no_vector_of_whole_numbers_is_refused_as_a_shape()
    {
        Assert.Throws<ArgumentException>(() => tf.reshape(tf.zeros([4]), tf.constant(new[] { 2f, 2 })));
        Assert.Throws<ArgumentException>(() => tf.reshape(tf.zeros([4]), tf.constant(4)));
        Assert.Throws<ArgumentException>(() => tf.random_normal(tf.placeholder(tf.int32, [-1])));
    }

    [Fact]
    public void A_quotient_of_whole_numbers_is_floating()
    {
        Tensor seven = tf.constant(7), two = tf.constant(2);
        AssertIs(tf.divide(seven, two), tf.float64, []);
        Assert.Equal([3.5], _session.Run(seven / two).Values<double>());
        Assert.Equal([-3.5], _session.Run(seven / -2).Values<double>());
        AssertIs(tf.constant(7, tf.uint8) / tf.constant(2, tf.uint8), tf.float32, []);
    }

    [Fact]
    public void Where_chooses_elements_slices_or_the_whole_and_broadcasts_nothing()
    {
        Tensor x = tf.constant(np.array(new float[,] { { 1, 2 }, { 3, 4 } })), y = -x;
        Assert.Equal([1f, 2, -3, -4], _session.Run(tf.where(tf.constant(np.array(new[] { true, false })), x, y)).Values<float>());
        Assert.Equal([-1f, -2, -3, -4], _session.Run(tf.where(tf.constant(false), x, y)).Values<float>());
        Assert.Equal([-1f, -2, 3, 4], _session.Run(tf.where(tf.greater(x, tf.constant(2f)), x, y)).Values<float>());
        Assert.Throws<ArgumentException>(() => tf.where(tf.constant(true), x, tf.constant(0f)));
        Assert.Throws<ArgumentException>(() => tf.where(tf.constant(np.array(new[,] { { true, false } })), x, y));
        Assert.Throws<ArgumentException>(() => tf.where(tf.constant(np.array(new[] { true, false, true })), x, y));
        Tensor columns = tf.constant(np.array(new[] { true, false }));
        Assert.Equal([1f, 0, 3, 0], _session.Run(tf.where_v2(columns, x, tf.constant(0f))).Values<float>());
    }

    [Fact]
    public void A_saturating_cast_stops_at_the_limits_and_drops_fractions()
    {
        Tensor x = tf.constant(new[] { -3e9f, -1.5f, 1.75f, 255.5f, 3e9f });
        Assert.Equal([0, 0, 1, 255, 255], _session.Run(tf.saturate_cast(x, tf.uint8)).Values<byte>());
        Assert.Equal([int.MinValue, -1, 1, 255, int.MaxValue - 127], _session.Run(tf.saturate_cast(x, tf.int32)).Values<int>());
        Assert.Equal([255, 0], _session.Run(tf.saturate_cast(tf.constant(new[] { 300, -1 }), tf.uint8)).Values<byte>());
    }

    [Fact]
    public void Padding_by_a_negative_amount_is_refused()
    {
        Assert.Equal([0f, 1, 1, 0, 0], _session.Run(tf.pad(tf.ones([2]), [(1, 2)])).Values<float>());
        Assert.Throws<ArgumentException>(() => tf.pad(tf.ones([2]), [(0, -1)]));
        Assert.Throws<ArgumentException>(() => tf.pad(tf.ones([2]), [(0, 1), (0, 1)]));
    }

    [Fact]
    public void A_transpose_without_a_permutation_reverses_the_dimensions() =>
        AssertIs(tf.transpose(tf.zeros([2, 3, 4])), tf.float32, [4, 3, 2]);

    [Fact]
    public void Images_are_NHWC_unless_said_otherwise()
    {
        Tensor images = tf.random_normal([2, 7, 5, 3], seed: 1), filter = tf.random_normal([3, 2, 3, 4], seed: 2);
        Tensor nchw = tf.transpose(images, [0, 3, 1, 2]);
        AssertSame(
            tf.nn.conv2d(images, filter, [1, 2, 1, 1], "SAME"),
            tf.nn.conv2d(nchw, filter, [1, 1, 2, 1], "SAME", "NCHW"),
            [2, 4, 5, 4]);
        AssertSame(
            tf.nn.max_pool(images, [1, 2, 2, 1], [1, 2, 2, 1], "VALID"),
            tf.nn.max_pool(nchw, [2, 2], [2], "VALID", "NCHW"),
            [2, 3, 2, 3]);
        AssertSame(tf.nn.avg_pool(images, [7, 5], [7, 5], "SAME"), tf.nn.avg_pool(nchw, [7, 5], [7, 5], "VALID", "NCHW"), [2, 1, 1, 3]);
        Tensor small = tf.nn.conv2d(images, filter, [2], "VALID"), transposed = tf.random_normal([3, 2, 6, 4], seed: 3);
        AssertSame(
            tf.nn.conv2d_transpose(small, transposed, [2, 7, 5, 6], [1, 2, 2, 1], "VALID"),
            tf.nn.conv2d_transpose(tf.transpose(small, [0, 3, 1, 2]), transposed, [2, 6, 7, 5], [1, 1, 2, 2], "VALID", "NCHW"),
            [2, 7, 5, 6]);
    }

    [Fact]
    public void Blocks_of_channels_become_pixels_in_TensorFlows_order()
    {
        Tensor channels = tf.reshape(tf.constant(Enumerable.Range(1, 12).Select(v => (float)v).ToArray()), [1, 1, 1, 12]);
        Tensor pixels = tf.depth_to_space(channels, 2);
        AssertIs(pixels, tf.float32, [1, 2, 2, 3]);
        Assert.Equal(Enumerable.Range(1, 12).Select(v => (float)v), _session.Run(pixels).Values<float>());
        Assert.Equal(Enumerable.Range(1, 12).Select(v => (float)v), _session.Run(tf.space_to_depth(pixels, 2)).Values<float>());
    }

    [Fact]
    public void Strides_and_pools_that_TensorFlow_or_this_library_does_not_have_are_refused()
    {
        Tensor images = tf.zeros([1, 4, 4, 4]), filter = tf.zeros([3, 3, 4, 4]);
        Assert.Throws<ArgumentException>(() => tf.nn.conv2d(images, filter, [1, 1, 2, 2], "SAME"));
        Assert.Throws<ArgumentException>(() => tf.nn.conv2d(images, filter, [1, 2, 2, 1], "SAME", "NCHW"));
        Assert.Throws<ArgumentException>(() => tf.nn.conv2d(images, filter, [1], "SAME", "CHWN"));
        Assert.Throws<ArgumentException>(() => tf.nn.conv2d_transpose(images, filter, [1, 8, 8, 5], [2]));
        Assert.Throws<NotSupportedException>(() => tf.nn.max_pool(images, [3], [2], "VALID"));
        Assert.Throws<NotSupportedException>(() => tf.nn.max_pool(images, [3], [3], "SAME"));
    }

    [Fact]
    public void Uniform_whole_numbers_need_a_limit_and_floating_ones_are_below_1()
    {
        Assert.Throws<ArgumentException>(() => tf.random_uniform([2], dtype: tf.int32));
        Assert.Throws<ArgumentException>(() => tf.random_uniform([2], 0, tf.constant(3)));
        Assert.All(_session.Run(tf.random_uniform([100], seed: 1)).Values<float>(), v => Assert.InRange(v, 0, 0.9999999f));
        Tensor whole = tf.random_uniform([100], -2, tf.constant(3), tf.int32, seed: 1);
        Assert.All(_session.Run(whole).Values<int>(), v => Assert.InRange(v, -2, 2));
    }

    [Fact]
    public void Both_seeds_zero_mean_random_ones_in_a_recorded_operation()
    {
        NDArray[] values = _session.Run(
        [
            tf.raw_ops.RandomStandardNormal([4], tf.float32),
            tf.raw_ops.RandomStandardNormal([4], tf.float32),
            tf.raw_ops.RandomStandardNormal([4], tf.float32, 1, 2),
            tf.raw_ops.RandomStandardNormal([4], tf.float32, 1, 2),
        ]);
        Assert.NotEqual(values[0].Values<float>(), values[1].Values<float>());
        Assert.Equal(values[2].Values<float>(), values[3].Values<float>());
    }

    private static void AssertIs(Tensor tensor, DataType dtype, int[] shape)
    {
        Assert.Equal(dtype, tensor.DType);
        Assert.Equal(shape, tensor.Shape);
    }

    /// <summary>NHWC images are the same as NCHW ones, and of a shape.</summary>
    private void AssertSame(Tensor nhwc, Tensor nchw, int[] shape)
    {
        Assert.Equal(shape, nhwc.Shape);
        NDArray[] values = _session.Run([nhwc, tf.transpose(nchw, [0, 2, 3, 1])]);
        Assert.Equal(values[1].Values<float>(), values[0].Values<float>());
    }
}
