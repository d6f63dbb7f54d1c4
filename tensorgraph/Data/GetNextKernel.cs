using NumSharp;
using TensorGraph.Graphs;

namespace TensorGraph.Data;

/// <summary>Takes an iterator's next element.</summary>
internal sealed class GetNextKernel(Iterator iterator) : HostKernel("IteratorGetNext")
{
    public override NDArray[] Run(HostContext context, IReadOnlyList<NDArray> inputs) => iterator.StateIn(context).Next();
}
