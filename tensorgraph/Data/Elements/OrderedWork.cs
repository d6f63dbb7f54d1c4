namespace TensorGraph.Data.Elements;

/// <summary>Work on a sequence, several items at once, whose results come in the sequence's order.</summary>
public static class OrderedWork
{
    /// <summary>Results of work on items.</summary>
    /// <param name="items">The items; one thread at a time asks for the next.</param>
    /// <param name="work">Makes a result, on several threads at once.</param>
    /// <param name="ahead">How many results are made before they are asked for; 0 to make each on request.</param>
    /// <param name="workers">How many of those are made at once.</param>
    /// <param name="cancellation">Ends the work between two items.</param>
    /// <returns>The results in the order of the items. What <paramref name="work"/> or the items throw is thrown in the item's turn;
    /// results that are not asked for any more are disposed.</returns>
    public static IEnumerable<TResult> Run<T, TResult>(
        IEnumerable<T> items, Func<T, TResult> work, long ahead, int workers, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(work);
        using IEnumerator<T> enumerator = items.GetEnumerator();
        using OrderedResults<TResult> results = new(BeginNext, ahead, workers, cancellation);
        while (results.TryNext(out TResult? result))
        {
            yield return result;
        }

        Func<TResult>? BeginNext()
        {
            if (!enumerator.MoveNext())
            {
                return null;
            }

            T item = enumerator.Current;
            return () => work(item);
        }
    }
}
