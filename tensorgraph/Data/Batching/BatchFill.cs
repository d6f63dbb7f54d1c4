using TensorGraph.Data.Files;

namespace TensorGraph.Data.Batching;

/// <summary>Reads the values of a batch into their rows: rows that are small several at a time, and several such groups at once if asked for.</summary>
internal sealed class BatchFill
{
    /// <summary>Bytes that are read at a time, where rows are smaller: much for a call to the system, and little enough to stay in the processor's cache meanwhile.</summary>
    private const int GroupBytes = 1 << 20;

    private readonly BatchColumn[] _columns;
    private readonly ParallelOptions _parallel;
    private readonly Action<int, ParallelLoopState> _place;
    private readonly FirstError _error = new();
    private int _count;
    private int _groupSize;

    internal BatchFill(BatchColumn[] columns, int parallelCalls)
    {
        _columns = columns;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = parallelCalls };
        _place = PlaceUnlessFailed;
    }

    /// <summary>Fills the rows.</summary>
    /// <param name="count">How many there are.</param>
    /// <exception cref="Exception">Values cannot be read: the error of the first of them.</exception>
    internal void Run(int count)
    {
        _count = count;
        _groupSize = GroupSize(count);
        int groups = ((count - 1) / _groupSize) + 1;
        if (_parallel.MaxDegreeOfParallelism == 1 || groups == 1)
        {
            for (int group = 0; group < groups; group++)
            {
                PlaceGroup(group * _groupSize);
            }

            return;
        }

        Parallel.For(0, groups, _parallel, _place);
        _error.ThrowIfAny();
    }

    /// <summary>Rows in a group, such that each of the parallel calls has as many groups as the others; a small batch is one group.</summary>
    private int GroupSize(int count)
    {
        long bytes = _columns.Sum(c => (long)c.RowSize) * count;
        long calls = _parallel.MaxDegreeOfParallelism;
        long groups = bytes <= GroupBytes ? 1 : (((bytes / GroupBytes) / calls) + 1) * calls;
        return (int)Math.Clamp(((count - 1) / groups) + 1, 1, RecordRun.Most);
    }

    private void PlaceUnlessFailed(int group, ParallelLoopState loop)
    {
        try
        {
            PlaceGroup(group * _groupSize);
        }
        catch (Exception e)
        {
            loop.Break();
            _error.Note(group, e);
        }
    }

    private void PlaceGroup(int first)
    {
        int count = Math.Min(_groupSize, _count - first);
        Span<bool> placed = stackalloc bool[_columns.Length];
        for (int c = 0; c < placed.Length; c++)
        {
            placed[c] = count > 1 && _columns[c].TryPlace(first, count);
        }

        if (placed.Contains(false))
        {
            PlaceOneByOne(first, count, placed);
        }
    }

    private void PlaceOneByOne(int first, int count, ReadOnlySpan<bool> placed)
    {
        for (int row = first; row < first + count; row++)
        {
            for (int c = 0; c < placed.Length; c++)
            {
                if (!placed[c])
                {
                    _columns[c].Place(row);
                }
            }
        }
    }
}
