using NumSharp;
using TensorGraph.Graphs;

namespace TensorGraph.Data.Elements;

/// <summary>
/// One component of an element. Its value is read when it is wanted, straight into its place; until then this is only a reference.
/// </summary>
/// <param name="Storage">Has the value's bytes, or reads them.</param>
/// <param name="Offset">Where the component begins in the storage.</param>
/// <param name="Length">Bytes that the component has in the storage.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Shape; null for a vector of <paramref name="Length"/> bytes.</param>
internal readonly record struct Component(Storage Storage, long Offset, long Length, DataType DType, TensorShape? Shape)
{
    /// <summary>The shape, fully known.</summary>
    internal TensorShape KnownShape => Shape ?? new TensorShape(checked((int)Length));

    /// <summary>Bytes of the value.</summary>
    internal long ByteSize => Shape is null ? Length : DType.ByteSize() * Shape.Elements!.Value;

    /// <summary>The value as an array; not a copy where the component is a whole array.</summary>
    internal NDArray ToNDArray() => Storage.ToNDArray(this);

    /// <summary>The same component with its value in memory.</summary>
    internal Component Loaded() => Storage.IsInMemory ? this : ArrayStorage.Whole(ToNDArray());
}
