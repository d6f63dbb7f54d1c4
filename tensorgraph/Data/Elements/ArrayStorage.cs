using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;

namespace TensorGraph.Data.Elements;

/// <summary>An array in memory; components are parts of it.</summary>
internal sealed class ArrayStorage(NDArray array) : Storage
{
    private readonly NDArray _array = array.Contiguous();

    internal override bool IsInMemory => true;

    /// <summary>A component that is a whole array.</summary>
    internal static Component Whole(NDArray array) =>
        new(
            new ArrayStorage(array),
            0,
            array.size * array.dtypesize,
            DataTypes.Of(array.dtype),
            new TensorShape([.. array.shape.Select(d => checked((int)d))]));

    internal override unsafe void CopyTo(ReadOnlySpan<Component> components, Span<byte> destination)
    {
        foreach (ref readonly Component component in components)
        {
            int length = checked((int)component.Length);
            if (length > 0)
            {
                new ReadOnlySpan<byte>((byte*)_array.Unsafe.Address + component.Offset, length).CopyTo(destination);
                destination = destination[length..];
            }
        }

        GC.KeepAlive(_array);
    }

    internal override NDArray ToNDArray(in Component component) =>
        component.Length == _array.size * _array.dtypesize && component.KnownShape.Count == _array.ndim
            ? _array
            : base.ToNDArray(component);
}
