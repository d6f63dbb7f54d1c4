using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;

namespace TensorGraph.Data;

/// <summary>Components that are stretches of an array in memory.</summary>
internal sealed class ArraySource(NDArray array) : RowSource
{
    private readonly NDArray _array = array.Contiguous();

    internal override bool IsInMemory => true;

    /// <summary>A component that is a whole array.</summary>
    internal static Component Whole(NDArray array) =>
        new(new ArraySource(array), 0, array.size * array.dtypesize, DataTypes.Of(array.dtype), new TensorShape([.. array.shape.Select(d => checked((int)d))]));

    internal override unsafe Span<byte> Rows(int index, int count, int rowSize) =>
        new((byte*)_array.Unsafe.Address + ((long)index * rowSize), checked(count * rowSize));

    internal override unsafe void CopyTo(in Component component, Span<byte> destination)
    {
        if (component.Length > 0)
        {
            new ReadOnlySpan<byte>((byte*)_array.Unsafe.Address + component.Offset, checked((int)component.Length)).CopyTo(destination);
            GC.KeepAlive(_array);
        }
    }

    internal override NDArray ToNDArray(in Component component) =>
        component.Length == _array.size * _array.dtypesize && component.KnownShape.Count == _array.ndim ? _array : base.ToNDArray(component);
}
