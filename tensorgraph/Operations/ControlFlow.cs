using TensorGraph.Graphs;

namespace TensorGraph.Operations;

/// <summary>Operations that decide what else runs: <c>tf.cond</c> and <c>tf.group</c>.</summary>
internal static class ControlFlow
{
    /// <summary>Both branches go into the graph; a run resolves only the one taken.</summary>
    internal static Tensor[] Cond(Tensor predicate, Func<Tensor[]> whenTrue, Func<Tensor[]> whenFalse, string? name)
    {
        if (predicate.DType != DataType.Bool || predicate.Shape.Rank != 0)
        {
            throw new ArgumentException($"Cond: the predicate {predicate} is not a boolean scalar", nameof(predicate));
        }

        Graph graph = predicate.Graph;
        HashSet<Operation> branches = [];
        Tensor[] trueValues, falseValues;
        using (graph.NameScope(name ?? "cond"))
        using (graph.CollectBranch(branches))
        {
            trueValues = whenTrue();
            falseValues = whenFalse();
        }

        if (trueValues.Length != falseValues.Length)
        {
            throw new ArgumentException($"Cond: the branches make {trueValues.Length} and {falseValues.Length} values");
        }

        return [.. trueValues.Zip(falseValues, (t, f) => Select(predicate, t, f, branches))];
    }

    /// <summary>One of two tensors, chosen by the predicate's value in a run.</summary>
    internal static Tensor Select(Tensor predicate, Tensor whenTrue, Tensor whenFalse, IReadOnlySet<Operation> branches)
    {
        if (whenTrue.DType != whenFalse.DType || whenTrue.Shape.Rank != whenFalse.Shape.Rank)
        {
            throw new ArgumentException($"Cond: the branches make {whenTrue} and {whenFalse}, which differ in type or rank");
        }

        TensorShape shape = [.. whenTrue.Shape.Zip(whenFalse.Shape, (t, f) => t == f ? t : -1)];
        OperationDefinition definition = new(new Conditional(branches), [predicate, whenTrue, whenFalse], [(whenTrue.DType, shape)]);
        return predicate.Graph.CreateOperation(definition).Output;
    }

    /// <summary>An operation that does nothing but run others first.</summary>
    internal static Operation Group(Graph graph, IEnumerable<Operation> operations)
    {
        using (graph.ControlDependencies(null))
        using (graph.ControlDependencies([.. operations]))
        {
            return NoOp(graph, "group_deps");
        }
    }

    internal static Operation NoOp(Graph graph, string? name) => graph.CreateOperation(new OperationDefinition(new NoOp(), [], []), name);
}
