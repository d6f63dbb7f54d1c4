using NumSharp;

namespace TensorGraph.Data;

/// <summary>One component's values in a batch being filled.</summary>
internal readonly struct BatchColumn
{
    /// <summary>From this size on a batch has memory that is used again; NumSharp does that for smaller arrays.</summary>
    private const long Large = 1 << 20;

    private readonly int _rowSize;
    private readonly RowSource _rows;

    /// <summary>A column for as many values like the first.</summary>
    internal BatchColumn(in Component first, int count, BatchMemory memory)
    {
        _rowSize = checked((int)first.ByteSize);
        TensorShape shape = [count, .. first.KnownShape];
        long size = (long)count * _rowSize;
        _rows = size >= Large
            ? new BatchSource(memory, size)
            : new ArraySource(np.empty(new Shape([.. shape.Select(d => (long)d)]), first.DType.ClrType()));
        Batch = new Component(_rows, 0, size, first.DType, shape);
    }

    /// <summary>The batch as a component.</summary>
    internal Component Batch { get; }

    /// <summary>Puts a value into its row. Safe for different rows at once.</summary>
    internal void Place(in Component value, int row)
    {
        if (_rowSize > 0)
        {
            value.CopyTo(_rows.Row(row, _rowSize));
            GC.KeepAlive(_rows);
        }
    }
}
