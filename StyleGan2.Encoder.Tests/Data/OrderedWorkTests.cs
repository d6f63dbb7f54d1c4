using System.Collections.Concurrent;
using CsCheck;
using TensorGraph.Data.Elements;

namespace StyleGan2.Encoder.Tests.Data;

public sealed class OrderedWorkTests
{
    [Fact]
    public void Results_are_taken_in_order_and_disposed() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[1, 8]).Sample((count, workers) =>
        {
            Work work = new();
            Run(work, Enumerable.Range(0, count), workers);
            Assert.Equal(Enumerable.Range(0, count), work.Taken);
            Assert.Equal(count, work.Disposed);
        });

    [Fact]
    public void The_first_item_in_order_to_fail_tells_its_error_whatever_happens_first() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 30].Array[1, 4], Gen.Int[0, 30].Array[0, 2], Gen.Int[0, 40]).Sample(
            (workers, failing, untakable, sourceEnds) =>
        {
            Work work = new() { Failing = [.. failing], Untakable = [.. untakable] };
            int first = failing.Concat(untakable).Append(sourceEnds).Min();
            FormatException error = Assert.Throws<FormatException>(() => Run(work, Source(sourceEnds), workers));
            Assert.Equal($"{first}", error.Message);
            Assert.Equal(Enumerable.Range(0, first), work.Taken);
            Assert.Equal(work.Made, work.Disposed);
        });

    [Fact]
    public void Nothing_is_taken_or_fails_after_the_last_result_that_is_wanted() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 20]).Sample((workers, last) =>
        {
            Work work = new() { Last = last, Failing = [last + 1] };
            Run(work, Source(last + 2), workers);
            Assert.Equal(Enumerable.Range(0, last + 1), work.Taken);
            Assert.Equal(work.Made, work.Disposed);
        });

    [Fact]
    public void Results_that_wait_for_their_turn_are_few()
    {
        const int Workers = 3;
        Work work = new() { Slow = 0 };
        int mostWaiting = 0;
        Run(work, Enumerable.Range(0, 200).Select(Note), Workers);
        Assert.Equal(Enumerable.Range(0, 200), work.Taken);
        Assert.InRange(mostWaiting, 1, Workers + 2);

        int Note(int item)
        {
            mostWaiting = Math.Max(mostWaiting, item - work.Disposed);
            return item;
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Cancelling_at_any_moment_ends_the_wait_for_a_result()
    {
        for (int i = 0; i < 20_000; i++)
        {
            using CancellationTokenSource cancellation = new();
            Task cancelled = Task.Run(cancellation.Cancel, TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<OperationCanceledException>(() => Task.Run(
                () => OrderedWork.Run(Endless(), item => item, ahead: 3, workers: 2, cancellation.Token).Last(),
                TestContext.Current.CancellationToken));
            await cancelled;
        }

        static IEnumerable<int> Endless()
        {
            for (int item = 0; ; item++)
            {
                yield return item;
            }
        }
    }

    [Fact]
    public void Cancelling_ends_the_work_between_two_items()
    {
        using CancellationTokenSource cancellation = new();
        Work work = new();
        Assert.Throws<OperationCanceledException>(() => RunUntil(work, Endless(cancellation), 2, cancellation.Token));
        Assert.Equal(work.Made, work.Disposed);
        Assert.InRange(work.Made, 10, 12);

        static IEnumerable<int> Endless(CancellationTokenSource cancellation)
        {
            for (int i = 0; ; i++)
            {
                if (i == 10)
                {
                    cancellation.Cancel();
                }

                yield return i;
            }
        }
    }

    private static void Run(Work work, IEnumerable<int> items, int workers) =>
        RunUntil(work, items, workers, TestContext.Current.CancellationToken);

    private static void RunUntil(Work work, IEnumerable<int> items, int workers, CancellationToken cancellation)
    {
        foreach (Result result in OrderedWork.Run(items, work.Make, ahead: workers + 2, workers, cancellation))
        {
            using (result)
            {
                if (!work.Take(result))
                {
                    break;
                }
            }
        }
    }

    /// <summary>Items that end with an error.</summary>
    private static IEnumerable<int> Source(int count)
    {
        for (int i = 0; i < count; i++)
        {
            yield return i;
        }

        throw new FormatException($"{count}");
    }

    /// <summary>Work of different length whose results count how often they are disposed.</summary>
    private sealed class Work
    {
        private int _made;
        private int _disposed;

        internal HashSet<int> Failing { get; init; } = [];

        internal HashSet<int> Untakable { get; init; } = [];

        internal int Last { get; init; } = int.MaxValue;

        internal int Slow { get; init; } = -1;

        internal ConcurrentQueue<int> Taken { get; } = new();

        internal int Made => Volatile.Read(ref _made);

        internal int Disposed => Volatile.Read(ref _disposed);

        internal Result Make(int item)
        {
            if (item == Slow)
            {
                Thread.Sleep(50);
            }

            Thread.SpinWait(item * 7919 % 1000);
            if (Failing.Contains(item))
            {
                throw new FormatException($"{item}");
            }

            Interlocked.Increment(ref _made);
            return new Result(item, () => Interlocked.Increment(ref _disposed));
        }

        internal bool Take(Result result)
        {
            if (Untakable.Contains(result.Item))
            {
                throw new FormatException($"{result.Item}");
            }

            Taken.Enqueue(result.Item);
            return result.Item < Last;
        }
    }

    private sealed record Result(int Item, Action Disposing) : IDisposable
    {
        public void Dispose() => Disposing();
    }
}
