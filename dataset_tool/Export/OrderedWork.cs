using System.Runtime.ExceptionServices;

namespace DatasetTool.Export;

/// <summary>Work on a sequence, several items at once, whose results are taken in the sequence's order.</summary>
/// <remarks>Whichever worker has the result whose turn it is takes it, and those after it that are there: no thread waits for another, but for one that is far behind.</remarks>
/// <typeparam name="T">An item.</typeparam>
/// <typeparam name="TResult">What is made of it; disposed once it is taken, or will not be.</typeparam>
internal sealed class OrderedWork<T, TResult>
    where TResult : IDisposable
{
    /// <summary>Items that may be begun and not taken yet, besides one for each worker: few enough for memory.</summary>
    private const int Waiting = 3;

    private readonly object _gate = new();
    private readonly IEnumerator<T> _items;
    private readonly Func<T, TResult> _work;
    private readonly Func<TResult, bool> _take;
    private readonly int _mostPending;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<long, TResult> _results = [];
    private long _begun;
    private long _taken;
    private bool _isTaking;
    private (long Index, ExceptionDispatchInfo? Error)? _end;

    private OrderedWork(IEnumerator<T> items, Func<T, TResult> work, Func<TResult, bool> take, int workers, CancellationToken cancellation)
    {
        (_items, _work, _take, _cancellation) = (items, work, take, cancellation);
        _mostPending = workers + Waiting;
    }

    /// <summary>Works on all items.</summary>
    /// <param name="items">The items; asked for by one thread at a time.</param>
    /// <param name="work">Makes a result, on several threads at once.</param>
    /// <param name="take">Takes a result, one at a time, and tells whether more are wanted.</param>
    /// <param name="workers">How many items are worked on at once.</param>
    /// <param name="cancellation">Ends the work between two items.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="Exception">What the first item in order to fail threw; no result after it was taken.</exception>
    internal static void Run(IEnumerable<T> items, Func<T, TResult> work, Func<TResult, bool> take, int workers, CancellationToken cancellation)
    {
        using IEnumerator<T> enumerator = items.GetEnumerator();
        OrderedWork<T, TResult> all = new(enumerator, work, take, workers, cancellation);
        Task.WaitAll([.. Enumerable.Range(0, workers).Select(_ => Task.Run(all.WorkOnItems, CancellationToken.None))], CancellationToken.None);
        foreach (TResult untaken in all._results.Values)
        {
            untaken.Dispose();
        }

        all._end?.Error?.Throw();
        if (all._end is null)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private void WorkOnItems()
    {
        while (TryBegin(out T? item, out long index))
        {
            try
            {
                TResult result = _work(item!);
                if (HandOver(result, index))
                {
                    TakeResults();
                }
            }
            catch (Exception error)
            {
                End(index, error);
            }
        }
    }

    /// <summary>Begins the next item, once it is not too far ahead of what has been taken.</summary>
    private bool TryBegin(out T? item, out long index)
    {
        lock (_gate)
        {
            while (_begun - _taken >= _mostPending && _end is null)
            {
                Monitor.Wait(_gate);
            }

            (item, index) = (default, _begun);
            try
            {
                if (_end is not null || _cancellation.IsCancellationRequested || !_items.MoveNext())
                {
                    return false;
                }

                item = _items.Current;
            }
            catch (Exception error)
            {
                End(index, error);
                return false;
            }

            _begun++;
            return true;
        }
    }

    /// <summary>Leaves a result for its turn.</summary>
    /// <returns>Whether nobody is taking results, so that the caller is to.</returns>
    private bool HandOver(TResult result, long index)
    {
        lock (_gate)
        {
            _results.Add(index, result);
            bool take = !_isTaking;
            _isTaking = true;
            return take;
        }
    }

    /// <summary>Takes results as long as the one whose turn it is is there.</summary>
    private void TakeResults()
    {
        while (TryNext(out TResult? result))
        {
            try
            {
                using (result)
                {
                    if (!_take(result!))
                    {
                        End(_taken, null);
                    }
                }
            }
            catch (Exception error)
            {
                End(_taken, error);
            }

            lock (_gate)
            {
                _taken++;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private bool TryNext(out TResult? result)
    {
        lock (_gate)
        {
            result = default;
            bool isThere = !(_end?.Index <= _taken) && _results.Remove(_taken, out result);
            _isTaking = isThere;
            return isThere;
        }
    }

    /// <summary>Ends the work at an item, for its error or because no more is wanted; items before it are still worked on, for theirs would come first.</summary>
    private void End(long index, Exception? error)
    {
        lock (_gate)
        {
            if (!(_end?.Index <= index))
            {
                _end = (index, error is null ? null : ExceptionDispatchInfo.Capture(error));
                Monitor.PulseAll(_gate);
            }
        }
    }
}
