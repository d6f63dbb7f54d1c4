using NumSharp;
using TensorGraph.Data;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Data;

public sealed class FromTensorSlicesTests
{
    [Fact]
    public void Each_element_is_a_row()
    {
        Dataset dataset = tf.data.Dataset.from_tensor_slices(new[] { 1f, 2, 3, 4, 5, 6 }.ToNDArray(3, 2));
        Assert.Equal([[1f, 2f], [3f, 4f], [5f, 6f]], dataset.Select(e => e[0].Values<float>()));
        Assert.Equal([new TensorShape(2)], dataset.OutputShapes);
        Assert.Equal([tf.float32], dataset.OutputTypes);
    }

    [Fact]
    public void Rows_of_several_arrays_go_together()
    {
        Dataset dataset = Dataset.FromTensorSlices(new[] { 1L, 2 }.ToNDArray(2), new byte[] { 3, 4, 5, 6 }.ToNDArray(2, 2));
        Assert.Equal([(1L, "3 4"), (2L, "5 6")], dataset.Select(e => (e[0].GetAtIndex<long>(0), string.Join(" ", e[1].Values<byte>()))));
    }

    [Fact]
    public void Rows_may_be_empty()
    {
        Dataset dataset = Dataset.FromTensorSlices(np.zeros(new Shape(1L << 30, 0), typeof(float)));
        Assert.Equal([0L], dataset.First()[0].shape);
    }

    [Fact]
    public void There_may_be_no_rows() => Assert.Empty(Dataset.FromTensorSlices(np.zeros(new Shape(0, 5), typeof(float))));

    [Fact]
    public void Arrays_of_different_lengths_are_refused() =>
        Assert.Contains(
            "[2], [3]",
            Assert.Throws<ArgumentException>(() => Dataset.FromTensorSlices(np.zeros(2), np.zeros(3))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Lengths_that_are_known_only_to_the_initializer_are_compared_there()
    {
        using Graph graph = new();
        using Session session = new(graph);
        using IDisposable asDefault = session.AsDefault();
        Tensor rows = tf.placeholder(tf.float32, [-1, 2]), others = tf.placeholder(tf.float32, [2]);
        foreach (Dataset dataset in new[] { Dataset.FromTensorSlices(rows, others), Dataset.FromTensorSlices(others, rows) })
        {
            Iterator iterator = tf.data.Iterator.from_structure(dataset.OutputTypes, dataset.OutputShapes);
            Operation initializer = iterator.MakeInitializer(dataset);
            session.Run(initializer, Feeds(2));
            Assert.Throws<InvalidOperationException>(() => session.Run(initializer, Feeds(3)));
        }

        FeedDict Feeds(int count) =>
            new() { [rows] = np.zeros(new Shape(count, 2), typeof(float)), [others] = np.zeros(new Shape(2), typeof(float)) };
    }

    [Fact]
    public void A_scalar_has_no_rows() => Assert.Throws<ArgumentException>(() => Dataset.FromTensorSlices(NDArray.Scalar(1f)));

    [Fact]
    public void A_variables_rows_are_those_it_has_when_the_initializer_runs()
    {
        using Graph graph = new();
        using Session session = new(graph);
        using IDisposable asDefault = session.AsDefault();
        Variable variable = tf.Variable(tf.zeros([2]));
        Dataset dataset = tf.data.Dataset.from_tensor_slices(variable);
        Iterator iterator = tf.data.Iterator.from_structure(dataset.OutputTypes, dataset.OutputShapes);
        Operation initializer = iterator.MakeInitializer(dataset);
        Tensor next = iterator.GetNext()[0];

        session.Load(variable, new[] { 1f, 2f }.ToNDArray(2));
        session.Run(initializer);
        session.Load(variable, new[] { 3f, 4f }.ToNDArray(2));
        Assert.Equal(1f, session.Run(next).GetAtIndex<float>(0));
        Assert.Equal(2f, session.Run(next).GetAtIndex<float>(0));
        session.Run(initializer);
        Assert.Equal(3f, session.Run(next).GetAtIndex<float>(0));
    }

    [Fact]
    public void Tensors_cannot_be_enumerated_outside_a_session()
    {
        using Graph graph = new();
        using IDisposable asDefault = graph.AsDefault();
        Dataset dataset = Dataset.FromTensorSlices(tf.placeholder(tf.float32, [3], "rows"));
        Assert.Contains("rows", Assert.Throws<InvalidOperationException>(() => dataset.First()).Message, StringComparison.Ordinal);
    }
}
