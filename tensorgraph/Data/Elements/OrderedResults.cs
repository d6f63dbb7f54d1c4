using System.Diagnostics.CodeAnalysis;

namespace TensorGraph.Data.Elements;

/// <summary>
/// Results that are made several at once and before they are asked for, but come in order. An error comes in its result's turn; the results
/// after it come as well.
/// </summary>
/// <remarks>Workers run only while there is room for results: when nobody asks any more, nothing keeps a thread, nor this object.</remarks>
/// <typeparam name="TResult">A result; if it is disposable, it is disposed where it is not asked for any more.</typeparam>
/// <param name="begin">Takes the next item, one thread at a time, and returns what makes its result; null at the end.</param>
/// <param name="ahead">How many results are made before they are asked for; 0 to make each on request, on the thread that asks.</param>
/// <param name="workers">How many of those are made at once.</param>
/// <param name="cancellation">Ends the work between two items.</param>
internal sealed class OrderedResults<TResult>(Func<Func<TResult>?> begin, long ahead, int workers, CancellationToken cancellation)
    : IDisposable
{
    private readonly Lock _beginning = new();
    private readonly object _gate = new();
    private readonly Queue<TaskCompletionSource<Turn>> _turns = [];
    private int _working;
    private bool _isEnded;

    /// <summary>Gives the next result; waits for it.</summary>
    /// <returns>False at the end, and from then on.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="Exception">What beginning or making the result threw; the next request goes on with the next result.</exception>
    internal bool TryNext([MaybeNullWhen(false)] out TResult result)
    {
        cancellation.ThrowIfCancellationRequested();
        Turn turn = ahead == 0 ? MakeNow() : NextTurn()?.Task.GetAwaiter().GetResult() ?? default;
        result = turn.Result;
        return turn.IsThere;
    }

    /// <summary>Waits for the workers, and disposes what they made.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isEnded = true;
            while (_working > 0)
            {
                Monitor.Wait(_gate);
            }
        }

        while (_turns.TryDequeue(out TaskCompletionSource<Turn>? turn))
        {
            (turn.Task.IsCompletedSuccessfully ? turn.Task.Result.Result as IDisposable : null)?.Dispose();
        }
    }

    private Turn MakeNow()
    {
        Func<TResult>? make = _isEnded ? null : begin();
        _isEnded = make is null;
        return make is null ? default : new Turn(true, make());
    }

    /// <summary>Takes the next turn off the queue, and so makes room for another.</summary>
    private TaskCompletionSource<Turn>? NextTurn()
    {
        lock (_gate)
        {
            StartWorkers();
            TaskCompletionSource<Turn>? turn;
            while (!_turns.TryDequeue(out turn) && !_isEnded)
            {
                // No worker starts after a cancellation, and none would end the wait.
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(_gate);
            }

            StartWorkers();
            return turn;
        }
    }

    /// <summary>Starts as many workers as there is room for results; the lock is held.</summary>
    private void StartWorkers()
    {
        for (long room = HasRoom ? ahead - _turns.Count : 0; room > 0 && _working < workers; room--)
        {
            _working++;
            _ = Task.Run(Work, CancellationToken.None);
        }
    }

    private bool HasRoom => !_isEnded && _turns.Count < ahead && !cancellation.IsCancellationRequested;

    private void Work()
    {
        while (BeginNext() is { } complete)
        {
            complete();
        }
    }

    /// <summary>Takes the next turn, and the item whose turn it is.</summary>
    /// <returns>Completes the turn; null where there is no room for another result.</returns>
    private Action? BeginNext()
    {
        lock (_beginning)
        {
            while (TakeTurn() is { } turn)
            {
                try
                {
                    if (begin() is { } make)
                    {
                        return () => Complete(turn, make);
                    }

                    _isEnded = true;
                    turn.SetResult(default);
                }
                catch (Exception error)
                {
                    turn.SetException(error);
                }
            }

            return null;
        }
    }

    private TaskCompletionSource<Turn>? TakeTurn()
    {
        lock (_gate)
        {
            TaskCompletionSource<Turn>? turn = HasRoom ? new() : null;
            if (turn is null)
            {
                _working--;
            }
            else
            {
                _turns.Enqueue(turn);
            }

            Monitor.PulseAll(_gate);
            return turn;
        }
    }

    private static void Complete(TaskCompletionSource<Turn> turn, Func<TResult> make)
    {
        try
        {
            turn.SetResult(new Turn(true, make()));
        }
        catch (Exception error)
        {
            turn.SetException(error);
        }
    }

    /// <summary>What came of an item's turn: a result, or the end of the sequence.</summary>
    private readonly record struct Turn(bool IsThere, TResult? Result);
}
