using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Data;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Data;

public sealed class PrefetchTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    [InlineData(long.MaxValue)]
    public void Elements_and_their_order_stay_as_they_are(long bufferSize) =>
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long)i), Numbers.Flat(Numbers.Range(20).Prefetch(bufferSize)));

    [Fact]
    public void The_buffer_fills_in_the_background_and_not_beyond_its_size()
    {
        using SemaphoreSlim made = new(0);
        int count = 0;
        Dataset dataset = Numbers.Range(100).Map(Numbers.Function(Note)).Prefetch(4);
        using IEnumerator<NDArray[]> elements = dataset.GetEnumerator();
        Assert.True(elements.MoveNext());
        for (int i = 0; i < 5; i++)
        {
            Assert.True(made.Wait(s_patience, TestContext.Current.CancellationToken));
        }

        Thread.Sleep(50);
        Assert.Equal(5, Volatile.Read(ref count));

        long Note(long x)
        {
            Interlocked.Increment(ref count);
            made.Release();
            return x;
        }
    }

    [Fact]
    public void An_error_comes_in_its_elements_turn_and_the_others_come()
    {
        Dataset dataset = Numbers.Range(4).Map(Numbers.Function(x => x == 1 ? throw new FormatException("one") : x)).Prefetch(3);
        using IEnumerator<NDArray[]> elements = dataset.GetEnumerator();
        Assert.Equal(["0", "map: element 1: one", "2", "3"], Numbers.Outcomes(elements));
    }

    [Fact]
    public async Task Disposing_stops_filling_and_waits_for_the_element_being_made()
    {
        using ManualResetEventSlim begun = new(), goOn = new();
        bool finished = false;
        IEnumerator<NDArray[]> elements = Numbers.Range(3).Repeat().Map(Numbers.Function(Work)).Prefetch(2).GetEnumerator();
        Task asking = Task.Run(elements.MoveNext, TestContext.Current.CancellationToken);
        Assert.True(begun.Wait(s_patience, TestContext.Current.CancellationToken));
        Task disposing = Task.Run(elements.Dispose, TestContext.Current.CancellationToken);
        goOn.Set();
        await disposing.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        Assert.True(Volatile.Read(ref finished));

        // Who asks while the pipeline is disposed gets the element or hears that it was stopped.
        Exception? error = await Record.ExceptionAsync(() => asking.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        Assert.True(error is null or OperationCanceledException, error?.ToString());

        long Work(long x)
        {
            begun.Set();
            goOn.Wait();
            Volatile.Write(ref finished, true);
            return x;
        }
    }

    [Fact]
    public void Below_batches_whole_batches_are_made_ahead()
    {
        using SemaphoreSlim made = new(0);
        Dataset dataset = Numbers.Range(100).Map(Numbers.Function(Note)).Prefetch(6).Batch(3);
        using IEnumerator<NDArray[]> batches = dataset.GetEnumerator();
        Assert.True(batches.MoveNext());
        Assert.Equal([0, 1, 2], batches.Current[0].Values<long>());
        for (int i = 0; i < 9; i++)
        {
            Assert.True(made.Wait(s_patience, TestContext.Current.CancellationToken));
        }

        Assert.False(made.Wait(50, TestContext.Current.CancellationToken));

        long Note(long x)
        {
            made.Release();
            return x;
        }
    }

    [Fact]
    public void A_dropped_pipeline_stops_and_is_collected()
    {
        (WeakReference dropped, Func<int> made) = Drop();
        Assert.True(SpinWait.SpinUntil(() => Collected(dropped), s_patience));
        int before = made();
        Thread.Sleep(50);
        Assert.Equal(before, made());

        static (WeakReference, Func<int>) Drop()
        {
            int made = 0;
            IEnumerator<NDArray[]> elements = Numbers.Range(3).Repeat().Map(Numbers.Function(Work)).Prefetch(long.MaxValue).GetEnumerator();
            Assert.True(elements.MoveNext());
            return (new WeakReference(elements), () => Volatile.Read(ref made));

            long Work(long x)
            {
                Interlocked.Increment(ref made);
                Thread.Sleep(1);
                return x;
            }
        }

        static bool Collected(WeakReference dropped)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !dropped.IsAlive;
        }
    }
}
