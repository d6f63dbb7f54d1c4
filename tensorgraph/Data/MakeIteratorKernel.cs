using NumSharp;
using TensorGraph.Graphs;

namespace TensorGraph.Data;

/// <summary>Starts an iterator at the first element of a dataset.</summary>
internal sealed class MakeIteratorKernel(Iterator iterator, Dataset dataset) : HostKernel("MakeIterator")
{
    public override NDArray[] Run(HostContext context, IReadOnlyList<NDArray> inputs)
    {
        iterator.StateIn(context).Start(dataset, context.Operation.Inputs.Zip(inputs).ToDictionary(p => p.First, p => p.Second));
        return [];
    }
}
