using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Data;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Data;

public sealed class BatchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_partial_last_batch_is_kept(int calls) =>
        Assert.Equal([[0, 1, 2], [3, 4, 5], [6]], Numbers.Elements(Numbers.Range(7).Batch(3, calls)));

    [Fact]
    public void A_batch_larger_than_the_dataset_has_what_there_is() =>
        Assert.Equal([[0, 1]], Numbers.Elements(Numbers.Range(2).Batch(long.MaxValue)));

    [Fact]
    public void No_elements_make_no_batch() => Assert.Empty(Numbers.Of().Batch(3));

    [Fact]
    public void Every_component_is_stacked()
    {
        Dataset dataset = Dataset.FromTensorSlices(
            new[] { 1L, 2, 3 }.ToNDArray(3),
            new[] { 1f, 2, 3, 4, 5, 6 }.ToNDArray(3, 2),
            np.zeros(new Shape(3, 0), typeof(float))).Batch(2);
        NDArray[][] batches = [.. dataset];
        Assert.Equal([[2L, 2], [1, 2]], batches.Select(b => b[1].shape));
        Assert.Equal([1f, 2, 3, 4], batches[0][1].Values<float>());
        Assert.Equal([2L, 0], batches[0][2].shape);
        Assert.Equal([new TensorShape(-1), new TensorShape(-1, 2), new TensorShape(-1, 0)], dataset.OutputShapes);
    }

    [Fact]
    public void Batches_can_be_batched() => Assert.Equal([[0, 1, 2, 3]], Numbers.Elements(Numbers.Range(4).Batch(2).Batch(2)));

    [Fact]
    public void Elements_of_different_shapes_are_an_error()
    {
        Dataset dataset = Numbers.Range(3).Map(
            e => [new long[1 + (e[0].GetAtIndex<long>(0) / 2)].ToNDArray(1 + (e[0].GetAtIndex<long>(0) / 2))], [(tf.int64, [-1])]).Batch(3);
        Assert.Contains(
            "element 2 of the batch has shape [2], the first [1]",
            Assert.Throws<InvalidOperationException>(() => dataset.First()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_loses_its_batch_and_the_next_request_goes_on()
    {
        using IEnumerator<NDArray[]> batches =
            Numbers.Range(5).Map(Numbers.Function(x => x == 1 ? throw new FormatException("one") : x)).Batch(2).GetEnumerator();
        Assert.Equal(["map: element 1: one", "2 3", "4"], Numbers.Outcomes(batches));
    }

    [Fact]
    public void A_batch_keeps_its_values_when_others_are_made()
    {
        NDArray[] batches = [.. Numbers.Range(100).Batch(10).Select(e => e[0])];
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), batches.SelectMany(b => b.Values<long>()));
    }

    [Fact]
    public void Memory_of_disposed_batches_serves_later_ones()
    {
        HashSet<nint> addresses = [];
        foreach (NDArray[] batch in Large(20).Batch(3))
        {
            addresses.Add(Address(batch[0]));
            batch[0].Dispose();
        }

        Assert.Single(addresses);

        static unsafe nint Address(NDArray array) => (nint)array.Unsafe.Address;
    }

    [Fact]
    public void A_large_batch_keeps_its_values_after_its_pipeline_ended()
    {
        NDArray[] batches = [.. Large(7).Prefetch(3).Batch(2, numParallelCalls: 2).Select(e => e[0])];
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal(
            [[0, 1], [2, 3], [4, 5], [6]],
            batches.Select(b => Enumerable.Range(0, (int)b.shape[0]).Select(i => (int)b[i].Values<float>().Max())));
    }

    [Fact]
    public void Memory_of_dropped_batches_is_given_back()
    {
        long before = Environment.WorkingSet;
        Dataset dataset = Dataset.FromTensorSlices(np.zeros(new Shape(4, 1 << 22), typeof(float))).Repeat(40).Batch(4);
        long largest = dataset.Max(b => b[0].size > 0 ? Environment.WorkingSet - before : 0);
        Assert.InRange(largest, 0, 1200L << 20);
    }

    [Fact]
    public void The_size_may_be_a_tensor_read_when_the_initializer_runs()
    {
        using Graph graph = new();
        using Session session = new(graph);
        using IDisposable asDefault = session.AsDefault();
        Tensor size = tf.placeholder(tf.int64, [], "minibatch_in");
        Dataset dataset = Numbers.Range(5).Batch(size);
        Iterator iterator = tf.data.Iterator.from_structure(dataset.OutputTypes, dataset.OutputShapes);
        Operation initializer = iterator.MakeInitializer(dataset);
        Tensor next = iterator.GetNext()[0];

        session.Run(initializer, new FeedDict { [size] = NDArray.Scalar(3L) });
        Assert.Equal([0, 1, 2], session.Run(next).Values<long>());
        Assert.Equal([3, 4], session.Run(next).Values<long>());
        session.Run(initializer, new FeedDict { [size] = NDArray.Scalar(4L) });
        Assert.Equal([0, 1, 2, 3], session.Run(next).Values<long>());
        Assert.Contains(
            "minibatch_in", Assert.Throws<InvalidOperationException>(() => session.Run(initializer)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => session.Run(initializer, new FeedDict { [size] = NDArray.Scalar(0L) }));
    }

    [Fact]
    public void A_size_that_is_no_whole_number_is_refused()
    {
        using Graph graph = new();
        using IDisposable asDefault = graph.AsDefault();
        Tensor size = tf.placeholder(tf.float32, []);
        Assert.Throws<ArgumentException>(() => Numbers.Range(5).Batch(size));
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbers.Range(5).Batch(0));
    }

    /// <summary>Elements of a megabyte, each full of its index.</summary>
    private static Dataset Large(int count) =>
        Numbers.Range(count).Map(e => [np.full(new Shape(1 << 18), (float)e[0].GetAtIndex<long>(0), typeof(float))], [(tf.float32, [-1])]);
}
