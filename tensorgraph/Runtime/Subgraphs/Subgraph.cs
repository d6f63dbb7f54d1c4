using TensorGraph.Graphs;

namespace TensorGraph.Runtime.Subgraphs;

/// <summary>What a run needs: the graph pruned to its fetches, conditionals resolved to the branch taken.</summary>
/// <param name="KernelOperations">Operations with C# code, each after what it depends on.</param>
/// <param name="Operations">Every other operation, each after what it depends on.</param>
/// <param name="Fed">Tensors whose values the run is given.</param>
/// <param name="Branches">Results of conditionals: which tensor each stands for.</param>
internal sealed record Subgraph(
    IReadOnlyList<Operation> KernelOperations,
    IReadOnlyList<Operation> Operations,
    IReadOnlySet<Tensor> Fed,
    IReadOnlyDictionary<Tensor, Tensor> Branches)
{
    internal IReadOnlyList<Operation> Assigns { get; } = [.. Operations.Where(o => o.Host is AssignVariable)];

    internal bool HasConditionals => Branches.Count > 0;

    /// <summary>Follows conditionals to the branch taken, and assigns, with the reads after them, to the value written.</summary>
    internal Tensor Source(Tensor tensor)
    {
        while (!Fed.Contains(tensor) && Next(tensor) is { } next)
        {
            tensor = next;
        }

        return tensor;
    }

    private Tensor? Next(Tensor tensor) => tensor.Operation.Host switch
    {
        Conditional => Branches[tensor],
        AssignVariable => tensor.Operation.Inputs[0],
        ReadVariable => VariableOrder.AssignBefore(tensor.Operation, this)?.Inputs[0],
        _ => null,
    };
}
