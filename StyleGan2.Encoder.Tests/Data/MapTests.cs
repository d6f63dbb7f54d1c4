using System.Collections.Concurrent;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Data;
using TensorGraph.Data.Elements;
using TensorGraph.Numpy;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Data;

public sealed class MapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Results_come_in_the_order_of_the_elements(int calls)
    {
        Dataset dataset = Numbers.Range(50).Map(Numbers.Function(SlowlySquared), numParallelCalls: calls);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i * i), Numbers.Flat(dataset));

        static long SlowlySquared(long x)
        {
            Thread.Sleep((int)(x % 3));
            return x * x;
        }
    }

    [Fact]
    public void As_many_calls_run_at_once_as_were_asked_for()
    {
        using Barrier barrier = new(3);
        Dataset dataset = Numbers.Range(6).Map(
            Numbers.Function(x => barrier.SignalAndWait(TimeSpan.FromSeconds(30)) ? x : -1), numParallelCalls: 3);
        Assert.Equal([0, 1, 2, 3, 4, 5], Numbers.Flat(dataset));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_the_function_throws_is_thrown_for_its_element_and_the_others_come(int calls)
    {
        Dataset dataset = Numbers.Range(4).Map(
            Numbers.Function(x => x == 2 ? throw new FormatException("two") : x), numParallelCalls: calls);
        using IEnumerator<NDArray[]> elements = dataset.GetEnumerator();
        Assert.Equal(["0", "1", "map: element 2: two", "3"], Numbers.Outcomes(elements));
    }

    [Fact]
    public void An_error_keeps_what_was_thrown()
    {
        Dataset dataset = Numbers.Range(1).Map(_ => throw new FormatException("bad"));
        ElementException error = Assert.Throws<ElementException>(() => dataset.First());
        Assert.Equal(0, error.Index);
        Assert.IsType<FormatException>(error.InnerException);
    }

    [Fact]
    public void Elements_may_change_their_structure()
    {
        Dataset dataset = Numbers.Range(3).Map(
            e => [e[0], new[] { (float)e[0].GetAtIndex<long>(0), 1f }.ToNDArray(2)], [(tf.int64, []), (tf.float32, [-1])]);
        Assert.Equal([[0f, 1f], [1f, 1f], [2f, 1f]], dataset.Select(e => e[1].Values<float>()));
    }

    [Fact]
    public void Results_of_another_structure_than_declared_are_an_error()
    {
        Dataset dataset = Numbers.Range(3).Map(e => [e[0], e[0]]);
        Assert.Contains("declares Int64 []", Assert.Throws<ElementException>(() => dataset.First()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_as_many_elements_are_worked_on_ahead_as_calls_run_at_once()
    {
        ConcurrentBag<long> seen = [];
        Dataset dataset = Numbers.Range(100).Map(Numbers.Function(Note), numParallelCalls: 4);
        using (IEnumerator<NDArray[]> elements = dataset.GetEnumerator())
        {
            Assert.True(elements.MoveNext());
        }

        Assert.InRange(seen.Count, 1, 4);

        long Note(long x)
        {
            seen.Add(x);
            return x;
        }
    }
}
