using TensorGraph.Graphs;
using TensorGraph.Operations;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Graphs;

public sealed class GraphTests : IDisposable
{
    private readonly Graph _graph = new();
    private readonly IDisposable _default;

    public GraphTests() => _default = _graph.AsDefault();

    public void Dispose()
    {
        _default.Dispose();
        _graph.Dispose();
    }

    [Fact]
    public void Names_that_differ_only_in_case_are_taken()
    {
        Assert.Equal("abc", tf.no_op("abc").Name);
        Assert.Equal("ABC_1", tf.no_op("ABC").Name);
        Assert.Equal("Abc_2", tf.no_op("Abc").Name);
    }

    [Fact]
    public void Control_dependencies_within_others_add_to_them()
    {
        Operation first = tf.no_op("first"), second = tf.no_op("second");
        using (tf.control_dependencies(first))
        using (tf.control_dependencies(second))
        {
            Assert.Equal([first, second], tf.no_op().ControlInputs);
            using (tf.control_dependencies(null))
            {
                Assert.Empty(tf.no_op().ControlInputs);
            }

            Assert.Equal([first, second], tf.no_op().ControlInputs);
        }
    }

    [Theory]
    [InlineData(-1, 3, 3)]
    [InlineData(3, -1, 3)]
    [InlineData(-1, 1, -1)]
    [InlineData(1, -1, -1)]
    [InlineData(-1, -1, -1)]
    public void An_unknown_dimension_broadcasts_to_what_is_known(int a, int b, int expected) =>
        Assert.Equal([expected], (tf.placeholder(tf.float32, [a]) + tf.placeholder(tf.float32, [b])).Shape);

    /// <summary>The window that ONNX takes of a dimension of four elements.</summary>
    [Theory]
    [InlineData(0, 4, 1, 0, 4)]
    [InlineData(0, 100, 1, 0, 4)]
    [InlineData(-100, 2, 1, 0, 2)]
    [InlineData(-1, -100, -1, 3, 4)]
    [InlineData(-1, 0, -1, 3, 3)]
    [InlineData(100, -100, -2, 3, 2)]
    [InlineData(1, -5, -1, 1, 2)]
    [InlineData(1, int.MinValue, -1, 1, 2)]
    [InlineData(2, 2, 1, 2, 0)]
    [InlineData(3, 1, 1, 3, 0)]
    [InlineData(0, 4, 3, 0, 2)]
    public void A_slice_stops_at_the_ends_of_its_dimension(int begin, int end, int step, int first, int count) =>
        Assert.Equal(new SliceRange(first, step, count), SliceRange.Of(4, begin, end, step));

    /// <summary>Where an odd number of rows is added, TensorFlow adds the odd one below and at the right.</summary>
    [Theory]
    [InlineData(4, 3, 2, 0, 1)]
    [InlineData(5, 3, 2, 1, 1)]
    [InlineData(4, 4, 1, 1, 2)]
    [InlineData(5, 1, 2, 0, 0)]
    [InlineData(-1, 3, 1, 1, 1)]
    public void Same_padding_is_TensorFlows(int size, int filter, int stride, int before, int after)
    {
        ConvolutionWindow window = ConvolutionWindow.Of([1, 1, size, size], [filter, filter, 1, 1], stride, stride, "SAME");
        Assert.Equal((before, before, after, after), (window.Top, window.Left, window.Bottom, window.Right));
    }
}
