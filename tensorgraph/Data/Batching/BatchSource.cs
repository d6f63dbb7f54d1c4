using NumSharp;
using TensorGraph.Data.Files;
using TensorGraph.Graphs;

namespace TensorGraph.Data.Batching;

/// <summary>A component that is a batch in memory of its own.</summary>
internal sealed unsafe class BatchSource(BatchMemory memory, long size) : RowSource
{
    private NativeBlock? _block = memory.Take(size);

    ~BatchSource() => _block?.Dispose();

    internal override bool IsInMemory => true;

    internal override Span<byte> Rows(int index, int count, int rowSize) =>
        new((byte*)_block!.Address + ((long)index * rowSize), checked(count * rowSize));

    internal override void CopyTo(in Component component, Span<byte> destination)
    {
        new ReadOnlySpan<byte>((byte*)_block!.Address, checked((int)size)).CopyTo(destination);
        GC.KeepAlive(this);
    }

    /// <summary>The batch as an array, which owns its memory from then on.</summary>
    internal override NDArray ToNDArray(in Component component)
    {
        NativeBlock block = _block!;
        _block = null;
        memory.HandOut(block);
        using NDArray flat = np.frombuffer(block.Address, size, component.DType.ClrType(), -1, 0, () => memory.TakeBack(block));
        return flat.reshape(new Shape([.. component.KnownShape.Select(d => (long)d)]));
    }

    internal override void Release()
    {
        if (_block is not null)
        {
            memory.Return(_block);
            _block = null;
        }
    }
}
