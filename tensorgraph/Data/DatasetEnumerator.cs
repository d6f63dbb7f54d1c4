using System.Collections;
using NumSharp;
using TensorGraph.Graphs;

namespace TensorGraph.Data;

/// <summary>Iterates over a dataset outside of a graph. After an error it goes on with the next element.</summary>
internal sealed class DatasetEnumerator(Dataset dataset) : IEnumerator<NDArray[]>
{
    private readonly Pipeline _pipeline = new(dataset, new Dictionary<Tensor, NDArray>());

    public NDArray[] Current { get; private set; } = [];

    object IEnumerator.Current => Current;

    public bool MoveNext()
    {
        NDArray[]? next = _pipeline.Next();
        Current = next ?? [];
        return next is not null;
    }

    public void Reset() => throw new NotSupportedException("begin another enumeration instead");

    public void Dispose() => _pipeline.Dispose();
}
