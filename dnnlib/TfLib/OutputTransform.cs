using TensorGraph.Graphs;

namespace Dnnlib.TfLib;

/// <summary>What a run does to a network's outputs before they become arrays (Python's <c>output_transform</c>).</summary>
/// <remarks>A record, so that equal ones share a graph.</remarks>
public abstract record OutputTransform
{
    /// <summary>Adds the transformation to the default graph.</summary>
    /// <param name="outputs">The network's outputs.</param>
    /// <returns>The outputs of the run, the samples still along their first axis.</returns>
    public abstract IReadOnlyList<Tensor> Apply(IReadOnlyList<Tensor> outputs);
}
