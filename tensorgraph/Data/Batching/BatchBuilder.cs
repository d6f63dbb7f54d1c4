using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using NumSharp;
using TensorGraph.Data.Elements;

namespace TensorGraph.Data.Batching;

/// <summary>Builds a batch: elements are collected, then their values are written into its rows.</summary>
/// <param name="width">Components of an element.</param>
internal sealed class BatchBuilder(int width)
{
    /// <summary>Bytes that a worker writes at a time, where several work on one batch.</summary>
    private const int GroupBytes = 1 << 20;

    private readonly List<Component>[] _columns = [.. Enumerable.Range(0, width).Select(_ => new List<Component>())];

    /// <summary>How many elements there are.</summary>
    internal int Count => _columns[0].Count;

    /// <summary>Collects elements.</summary>
    /// <param name="source">Gives them.</param>
    /// <param name="size">How many at most.</param>
    /// <exception cref="InvalidOperationException">They differ in shape.</exception>
    internal void Collect(ElementStream source, long size)
    {
        Component[] element = new Component[width];
        while (Count < size && source.MoveNext(element))
        {
            for (int c = 0; c < width; c++)
            {
                Add(_columns[c], element[c]);
            }
        }
    }

    /// <summary>Builds the batch of the elements collected.</summary>
    /// <param name="memory">Gives the batch its memory.</param>
    /// <param name="workers">How many values are read at once.</param>
    /// <exception cref="Exception">Values cannot be read: the error of the first of them.</exception>
    internal Component[] Build(BatchMemory memory, int workers)
    {
        NDArray[] batch = [.. _columns.Select(c => memory.NewArray(c[0].DType, [Count, .. c[0].KnownShape]))];
        try
        {
            Fill(batch, workers);
            return [.. batch.Select(ArrayStorage.Whole)];
        }
        catch
        {
            Array.ForEach(batch, b => b.Dispose());
            throw;
        }
    }

    private static void Add(List<Component> column, in Component value)
    {
        column.Add(value);
        if (value.KnownShape != column[0].KnownShape)
        {
            throw new InvalidOperationException(
                $"batch: element {column.Count - 1} of the batch has shape {value.KnownShape}, the first {column[0].KnownShape}; only "
                    + "equal shapes can be stacked");
        }
    }

    /// <summary>Fills the rows, one worker all of them, several workers a group at a time.</summary>
    private void Fill(NDArray[] batch, int workers)
    {
        int groupSize = workers == 1 ? Count : (int)Math.Clamp(GroupBytes / Math.Max(1, _columns.Sum(c => c[0].ByteSize)), 1, Count);
        Exception?[] errors = new Exception?[((Count - 1) / groupSize) + 1];
        Parallel.For(0, errors.Length, new ParallelOptions { MaxDegreeOfParallelism = workers }, group =>
        {
            try
            {
                FillRows(batch, group * groupSize, Math.Min(groupSize, Count - (group * groupSize)));
            }
            catch (Exception error)
            {
                errors[group] = error;
            }
        });
        if (Array.Find(errors, e => e is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    private void FillRows(NDArray[] batch, int first, int count)
    {
        try
        {
            for (int c = 0; c < width; c++)
            {
                ReadOnlySpan<Component> values = CollectionsMarshal.AsSpan(_columns[c]).Slice(first, count);
                FillRows(batch[c], first, values);
            }
        }
        catch (IOException) when (count > 1)
        {
            // Row by row, the error of the first element is met first.
            for (int row = first; row < first + count; row++)
            {
                FillRows(batch, row, 1);
            }
        }
    }

    /// <summary>Fills rows of one component; values of one storage are read together.</summary>
    private static unsafe void FillRows(NDArray rows, int first, ReadOnlySpan<Component> values)
    {
        long size = values[0].ByteSize;
        while (!values.IsEmpty && size > 0)
        {
            Storage storage = values[0].Storage;
            int count = 1;
            while (count < values.Length && values[count].Storage == storage && count < int.MaxValue / size)
            {
                count++;
            }

            storage.CopyTo(values[..count], new Span<byte>((byte*)rows.Unsafe.Address + (first * size), checked((int)(count * size))));
            values = values[count..];
            first += count;
        }

        GC.KeepAlive(rows);
    }
}
