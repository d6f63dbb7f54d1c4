using TensorGraph.Graphs;
using TensorGraph.Runtime.Subgraphs;

namespace TensorGraph.Runtime;

/// <summary>How one kind of run is carried out: host operations first, then at most one compiled model.</summary>
/// <param name="Subgraph">The operations of the run.</param>
/// <param name="Model">What computes the outputs; null when feeds and host operations already give everything.</param>
/// <param name="FetchOutputs">Which of the model's outputs holds each tensor that is fetched and not at hand otherwise.</param>
/// <param name="AssignOutputs">Which of the model's outputs holds the value of each assign that is not at hand otherwise.</param>
internal sealed record ExecutionPlan(
    Subgraph Subgraph,
    CompiledSubgraph? Model,
    IReadOnlyDictionary<Tensor, int> FetchOutputs,
    IReadOnlyDictionary<Operation, int> AssignOutputs) : IDisposable
{
    /// <summary>When the plan was needed last: a later need has a greater number.</summary>
    internal long LastNeed { get; set; }

    /// <summary>How many runs use the plan at present.</summary>
    internal int Users { get; set; }

    /// <summary>Whether the plan goes when no run uses it any more.</summary>
    internal bool IsDropped { get; set; }

    public void Dispose() => Model?.Dispose();
}
