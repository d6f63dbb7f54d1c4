using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;

namespace TensorGraph.Data;

/// <summary>Where components get their bytes: arrays, records in memory, files. Reading is safe from several threads at once.</summary>
internal abstract class ComponentSource
{
    /// <summary>Whether the bytes are in memory already.</summary>
    internal abstract bool IsInMemory { get; }

    /// <summary>Writes a component's value into its place.</summary>
    internal abstract void CopyTo(in Component component, Span<byte> destination);

    /// <summary>Writes the values of several components, the first of this source, one after the other where they can be had at once.</summary>
    /// <returns>False where they are to be had one by one, as are their errors; what was written is of no use then.</returns>
    internal virtual bool TryCopyRun(ReadOnlySpan<Component> run, Span<byte> destination) => false;

    /// <summary>A component's value as an array.</summary>
    internal virtual NDArray ToNDArray(in Component component)
    {
        NDArray array = np.empty(new Shape([.. component.KnownShape.Select(d => (long)d)]), component.DType.ClrType());
        CopyTo(component, array.Bytes());
        GC.KeepAlive(array);
        return array;
    }

    /// <summary>Gives pooled memory back when the only component that used it is done with.</summary>
    internal virtual void Release()
    {
    }
}
