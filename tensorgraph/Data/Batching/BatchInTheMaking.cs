namespace TensorGraph.Data.Batching;

/// <summary>A batch whose elements have been collected, their values still to be read into it.</summary>
internal sealed class BatchInTheMaking
{
    private readonly BatchColumn[] _columns;
    private readonly BatchFill _fill;

    /// <summary>An empty batch.</summary>
    /// <param name="width">Components of an element.</param>
    /// <param name="memory">Memory for the batch.</param>
    /// <param name="parallelCalls">How many values are read at once.</param>
    internal BatchInTheMaking(int width, BatchMemory memory, int parallelCalls)
    {
        _columns = [.. Enumerable.Range(0, width).Select(_ => new BatchColumn(memory))];
        _fill = new BatchFill(_columns, parallelCalls);
    }

    /// <summary>How many elements there are.</summary>
    internal int Count { get; private set; }

    /// <summary>Collects elements.</summary>
    /// <param name="source">Gives them.</param>
    /// <param name="size">At most so many.</param>
    /// <exception cref="InvalidOperationException">They differ in shape.</exception>
    internal void Collect(ElementStream source, long size)
    {
        Component[] next = new Component[_columns.Length];
        try
        {
            for (; Count < size && source.MoveNext(next); Count++)
            {
                for (int c = 0; c < next.Length; c++)
                {
                    _columns[c].Add(next[c]);
                }
            }
        }
        catch
        {
            Clear();
            throw;
        }
    }

    /// <summary>Makes the batch of the elements collected, which are released then.</summary>
    /// <exception cref="Exception">Values cannot be read: the error of the first of them. The batch is lost.</exception>
    internal Component[] Make()
    {
        try
        {
            Component[] batch = [.. _columns.Select(c => c.Stack())];
            _fill.Run(Count);
            return batch;
        }
        catch
        {
            Array.ForEach(_columns, c => c.Abandon());
            throw;
        }
        finally
        {
            Clear();
        }
    }

    private void Clear() => Array.ForEach(_columns, c => c.Clear());
}
