namespace TensorGraph.Graphs;

/// <summary>One output of <c>tf.cond</c>: its inputs are the predicate and the value of either branch.</summary>
internal sealed class Conditional(IReadOnlySet<Operation> branches) : HostOperation("Cond")
{
    /// <summary>The operations that either branch is made of.</summary>
    internal IReadOnlySet<Operation> Branches { get; } = branches;
}
