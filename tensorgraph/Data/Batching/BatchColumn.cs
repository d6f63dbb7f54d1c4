using System.Runtime.InteropServices;
using NumSharp;
using TensorGraph.Graphs;

namespace TensorGraph.Data.Batching;

/// <summary>One component's values in a batch: those collected for it, and the memory that they are read into.</summary>
internal sealed class BatchColumn(BatchMemory memory)
{
    /// <summary>From this size on a batch has memory that is used again; NumSharp does that for smaller arrays.</summary>
    private const long Large = 1 << 20;

    private readonly List<Component> _values = [];
    private RowSource? _rows;

    /// <summary>Bytes of one value.</summary>
    internal int RowSize { get; private set; }

    /// <summary>Collects a value.</summary>
    /// <exception cref="InvalidOperationException">Its shape is another than that of those before.</exception>
    internal void Add(in Component value)
    {
        _values.Add(value);
        if (value.KnownShape != _values[0].KnownShape)
        {
            throw new InvalidOperationException(
                $"batch: element {_values.Count - 1} of the batch has shape {value.KnownShape}, the first {_values[0].KnownShape}; only equal shapes can be stacked");
        }
    }

    /// <summary>Makes the batch, its values still to be placed.</summary>
    internal Component Stack()
    {
        Component first = _values[0];
        TensorShape shape = [_values.Count, .. first.KnownShape];
        RowSize = checked((int)first.ByteSize);
        long size = (long)_values.Count * RowSize;
        _rows = size >= Large
            ? new BatchSource(memory, size)
            : new ArraySource(np.empty(new Shape([.. shape.Select(d => (long)d)]), first.DType.ClrType()));
        return new Component(_rows, 0, size, first.DType, shape);
    }

    /// <summary>Puts a value into its row. Safe for different rows at once.</summary>
    internal void Place(int row)
    {
        if (RowSize > 0)
        {
            _values[row].CopyTo(_rows!.Rows(row, 1, RowSize));
            GC.KeepAlive(_rows);
        }
    }

    /// <summary>Puts several values into their rows at once where their source can do that. Safe for different rows at once.</summary>
    /// <returns>False where the rows are still to be placed one by one; what they hold by then is of no use.</returns>
    internal bool TryPlace(int row, int count)
    {
        if (RowSize == 0)
        {
            return true;
        }

        ReadOnlySpan<Component> values = CollectionsMarshal.AsSpan(_values).Slice(row, count);
        bool placed = values[0].Source.TryCopyRun(values, _rows!.Rows(row, count, RowSize));
        GC.KeepAlive(_rows);
        return placed;
    }

    /// <summary>Releases the values collected; the batch is the consumer's.</summary>
    internal void Clear()
    {
        ElementStream.Release(CollectionsMarshal.AsSpan(_values));
        _values.Clear();
        _rows = null;
    }

    /// <summary>Gives up the batch, which could not be filled.</summary>
    internal void Abandon() => _rows?.Release();
}
