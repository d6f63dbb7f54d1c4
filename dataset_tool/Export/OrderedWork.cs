namespace DatasetTool.Export;

/// <summary>Work on a sequence, several items at once, whose results come in the sequence's order.</summary>
internal static class OrderedWork
{
    /// <summary>Results that may wait for their turn, besides one for each worker.</summary>
    private const int Waiting = 2;

    /// <summary>Works on the items, a bounded number ahead of what is taken. What is not taken in the end is disposed.</summary>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    internal static IEnumerable<TResult> Run<T, TResult>(IEnumerable<T> items, Func<T, TResult> work, int workers, CancellationToken cancellation)
        where TResult : IDisposable
    {
        TaskFactory<TResult> factory = new(new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, workers).ConcurrentScheduler);
        Queue<Task<TResult>> pending = [];
        try
        {
            foreach (T item in items)
            {
                cancellation.ThrowIfCancellationRequested();
                pending.Enqueue(factory.StartNew(() => work(item), cancellation));
                if (pending.Count == workers + Waiting)
                {
                    yield return pending.Dequeue().GetAwaiter().GetResult();
                }
            }

            while (pending.Count > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return pending.Dequeue().GetAwaiter().GetResult();
            }
        }
        finally
        {
            Discard(pending);
        }
    }

    /// <summary>Waits for what is under way; its errors came after the one that ended the work.</summary>
    private static void Discard<TResult>(Queue<Task<TResult>> pending)
        where TResult : IDisposable
    {
        foreach (Task<TResult> task in pending)
        {
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            if (task.IsCompletedSuccessfully)
            {
                task.Result.Dispose();
            }
            else
            {
                _ = task.Exception;
            }
        }
    }
}
