using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;

namespace TensorGraph.Data.Elements;

/// <summary>Has the values of components: an array, a file. Several threads may read at once.</summary>
internal abstract class Storage
{
    /// <summary>Whether the values are in memory already.</summary>
    internal abstract bool IsInMemory { get; }

    /// <summary>Writes the values of components one after the other.</summary>
    /// <param name="components">Components of this storage, all of one size.</param>
    /// <param name="destination">As many bytes as the values have.</param>
    /// <exception cref="IOException">A value cannot be read.</exception>
    internal abstract void CopyTo(ReadOnlySpan<Component> components, Span<byte> destination);

    /// <summary>A component's value as an array.</summary>
    internal virtual NDArray ToNDArray(in Component component)
    {
        NDArray array = np.empty(new Shape([.. component.KnownShape.Select(d => (long)d)]), component.DType.ClrType());
        CopyTo([component], array.Bytes());
        GC.KeepAlive(array);
        return array;
    }
}
