using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Data;
using TensorGraph.Data.Elements;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Data;

public sealed class IteratorTests : IDisposable
{
    private readonly Graph _graph = new();
    private readonly Session _session;
    private readonly IDisposable _default;
    private readonly Iterator _iterator;
    private readonly Tensor _next;

    public IteratorTests()
    {
        _session = new Session(_graph);
        _default = _session.AsDefault();
        _iterator = tf.data.Iterator.from_structure([tf.int64], [[]]);
        _next = _iterator.GetNext()[0];
    }

    public void Dispose()
    {
        _default.Dispose();
        _session.Dispose();
        _graph.Dispose();
    }

    [Fact]
    public void Past_the_end_it_throws_until_an_initializer_runs()
    {
        Operation initializer = _iterator.MakeInitializer(Numbers.Range(2));
        _session.Run(initializer);
        Assert.Equal([0, 1], new[] { Next(), Next() });
        Assert.Contains("IteratorV2", Assert.Throws<OutOfRangeException>(() => Next()).Message, StringComparison.Ordinal);
        Assert.Throws<OutOfRangeException>(() => Next());
        _session.Run(initializer);
        Assert.Equal(0, Next());
    }

    [Fact]
    public void An_initializer_starts_over_in_the_middle()
    {
        Operation initializer = _iterator.MakeInitializer(Numbers.Range(5).Prefetch(2));
        _session.Run(initializer);
        Assert.Equal([0, 1], new[] { Next(), Next() });
        _session.Run(initializer);
        Assert.Equal(0, Next());
    }

    [Fact]
    public void One_iterator_serves_several_datasets()
    {
        Operation first = _iterator.MakeInitializer(Numbers.Range(5));
        Operation second = _iterator.MakeInitializer(Numbers.Of(70, 80));
        _session.Run(first);
        Assert.Equal(0, Next());
        _session.Run(second);
        Assert.Equal(70, Next());
        _session.Run(first);
        Assert.Equal(0, Next());
    }

    [Fact]
    public void Before_an_initializer_has_run_there_is_nothing_to_get() =>
        Assert.Contains("run an initializer", Assert.Throws<InvalidOperationException>(() => Next()).Message, StringComparison.Ordinal);

    [Fact]
    public void One_run_takes_one_element_however_often_it_is_used()
    {
        _session.Run(_iterator.MakeInitializer(Numbers.Range(5)));
        NDArray[] values = _session.Run([_next, tf.identity(_next + _next), _next]);
        Assert.Equal([0L, 0, 0], values.Select(v => v.GetAtIndex<long>(0)));
        values = _session.Run([_next, tf.identity(_next + _next)]);
        Assert.Equal([1L, 2], values.Select(v => v.GetAtIndex<long>(0)));
    }

    [Fact]
    public void Two_get_next_operations_advance_the_same_iterator()
    {
        Tensor other = _iterator.GetNext()[0];
        _session.Run(_iterator.MakeInitializer(Numbers.Range(5)));
        Assert.Equal([0L, 1], _session.Run([_next, other]).Select(v => v.GetAtIndex<long>(0)).Order());
    }

    [Fact]
    public void Each_session_has_a_place_of_its_own()
    {
        Operation initializer = _iterator.MakeInitializer(Numbers.Range(5));
        using Session other = new(_graph);
        _session.Run(initializer);
        other.Run(initializer);
        Assert.Equal(0, Next());
        Assert.Equal(1, Next());
        Assert.Equal(0, other.Run(_next).GetAtIndex<long>(0));
    }

    [Fact]
    public void A_dataset_of_another_structure_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => _iterator.MakeInitializer(Numbers.Range(5).Batch(2)));
        Assert.Contains(
            "IteratorV2 gives Int64 []; it cannot iterate over a dataset of Int64 [?]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_inside_map_surfaces_in_get_next_with_the_elements_index()
    {
        _session.Run(_iterator.MakeInitializer(Numbers.Range(3).Map(Numbers.Function(x => x == 1 ? throw new FormatException("one") : x))));
        Assert.Equal(0, Next());
        Assert.Equal(1, Assert.Throws<ElementException>(() => Next()).Index);
        Assert.Equal(2, Next());
    }

    [Fact]
    public void After_an_initializer_that_failed_there_is_nothing_to_get()
    {
        Tensor size = tf.placeholder(tf.int64, []);
        Dataset batches = Numbers.Range(6).Batch(size);
        Iterator iterator = tf.data.Iterator.from_structure(batches.OutputTypes, batches.OutputShapes);
        Operation initializer = iterator.MakeInitializer(batches);
        Tensor next = iterator.GetNext()[0];
        _session.Run(initializer, new FeedDict { [size] = NDArray.Scalar(2L) });
        Assert.Equal([0, 1], _session.Run(next).Values<long>());
        Assert.Throws<InvalidOperationException>(() => _session.Run(initializer, new FeedDict { [size] = NDArray.Scalar(0L) }));
        Assert.Contains(
            "run an initializer", Assert.Throws<InvalidOperationException>(() => _session.Run(next)).Message, StringComparison.Ordinal);
        _session.Run(initializer, new FeedDict { [size] = NDArray.Scalar(3L) });
        Assert.Equal([0, 1, 2], _session.Run(next).Values<long>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_component_that_is_fed_stays_as_fed_and_the_others_come_from_the_dataset(int fed)
    {
        Dataset pairs = Dataset.Zip(Numbers.Of(1, 2), Numbers.Of(10, 20));
        Iterator iterator = tf.data.Iterator.from_structure(pairs.OutputTypes, pairs.OutputShapes);
        IReadOnlyList<Tensor> next = iterator.GetNext();
        _session.Run(iterator.MakeInitializer(pairs));
        NDArray[] values = _session.Run([next[0], next[1], next[fed] + next[1 - fed]], new FeedDict { [next[fed]] = NDArray.Scalar(500L) });
        long[] expected = fed == 0 ? [500, 10, 510] : [1, 500, 501];
        Assert.Equal(expected, values.Select(v => v.GetAtIndex<long>(0)));
        Assert.Equal([2L, 20], _session.Run([next[0], next[1]]).Select(v => v.GetAtIndex<long>(0)));
    }

    [Fact]
    public void When_all_components_are_fed_no_element_is_taken()
    {
        _session.Run(_iterator.MakeInitializer(Numbers.Range(5)));
        Assert.Equal(6, _session.Run(_next + _next, new FeedDict { [_next] = NDArray.Scalar(3L) }).GetAtIndex<long>(0));
        Assert.Equal(0, Next());
    }

    [Fact]
    public void Disposing_it_ends_iteration_in_every_session()
    {
        _session.Run(_iterator.MakeInitializer(Numbers.Range(5).Repeat().Prefetch(2)));
        Assert.Equal(0, Next());
        _iterator.Dispose();
        Assert.Throws<InvalidOperationException>(() => Next());
    }

    private long Next() => _session.Run(_next).GetAtIndex<long>(0);
}
