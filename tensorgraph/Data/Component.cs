using NumSharp;
using TensorGraph.Graphs;

namespace TensorGraph.Data;

/// <summary>One component of a dataset's element: what it is, and where its bytes come from once they are wanted.</summary>
/// <param name="Source">Has the bytes, or reads them.</param>
/// <param name="Offset">Where in the source the component's stretch begins.</param>
/// <param name="Length">Bytes of that stretch.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Shape; null for a vector of <paramref name="Length"/> bytes.</param>
internal readonly record struct Component(ComponentSource Source, long Offset, long Length, DataType DType, TensorShape? Shape)
{
    /// <summary>The shape, fully known.</summary>
    internal TensorShape KnownShape => Shape ?? new TensorShape(checked((int)Length));

    /// <summary>The bytes of the value.</summary>
    internal long ByteSize => Shape is null ? Length : DType.ByteSize() * Shape.Elements!.Value;

    /// <summary>Writes the value into its place.</summary>
    /// <param name="destination">As many bytes as the value has.</param>
    internal void CopyTo(Span<byte> destination) => Source.CopyTo(this, destination);

    /// <summary>The value as an array; the array that holds it where that is no other's.</summary>
    internal NDArray ToNDArray() => Source.ToNDArray(this);

    /// <summary>The same component with its bytes in memory.</summary>
    internal Component Loaded() => Source.IsInMemory ? this : ArraySource.Whole(ToNDArray());

    /// <summary>Gives pooled memory back; the component is not used after that.</summary>
    internal void Release() => Source.Release();
}
