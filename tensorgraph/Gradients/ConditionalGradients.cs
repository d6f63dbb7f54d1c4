using TensorGraph.Graphs;
using TensorGraph.Operations;

namespace TensorGraph.Gradients;

/// <summary>Gradients through <c>tf.cond</c>: again a <c>tf.cond</c>, so that only the branch taken is differentiated in a run.</summary>
internal static class ConditionalGradients
{
    internal static void Propagate(
        Operation cond,
        IReadOnlySet<Operation> branches,
        Dictionary<Tensor, Tensor> arrived,
        Action<Dictionary<Tensor, Tensor>, Tensor, Tensor> accumulate)
    {
        if (!arrived.TryGetValue(cond.Output, out Tensor? dy) || !cond.Output.DType.IsFloating())
        {
            return;
        }

        Tensor predicate = cond.Inputs[0];
        Tensor[] captured = [.. Captured(cond, branches).Where(t => t.DType.IsFloating())];

        // The gradient's branches hold those of the values too: what its own gradient reads of them is again inside.
        HashSet<Operation> gradientBranches = [.. branches];
        Tensor[]?[] gradients;
        using (cond.Graph.CollectBranch(gradientBranches))
        {
            Tensor?[] whenTrue = SymbolicGradients.Build([cond.Inputs[1]], captured, [dy], branches);
            Tensor?[] whenFalse = SymbolicGradients.Build([cond.Inputs[2]], captured, [dy], branches);
            gradients = [.. captured.Select((c, i) => Filled(whenTrue[i], whenFalse[i], c))];
        }

        for (int i = 0; i < captured.Length; i++)
        {
            if (gradients[i] is [Tensor whenTrue, Tensor whenFalse])
            {
                accumulate(arrived, captured[i], ControlFlow.Select(predicate, whenTrue, whenFalse, gradientBranches));
            }
        }
    }

    /// <summary>The gradients of both branches, zeros for one that does not read the tensor; null where neither does.</summary>
    private static Tensor[]? Filled(Tensor? whenTrue, Tensor? whenFalse, Tensor captured) =>
        whenTrue is null && whenFalse is null
            ? null
            : [whenTrue ?? Shapes.FillLike(captured, 0), whenFalse ?? Shapes.FillLike(captured, 0)];

    /// <summary>What the branches read from outside, and branch results that come from outside as they are.</summary>
    private static IEnumerable<Tensor> Captured(Operation cond, IReadOnlySet<Operation> branches) =>
        branches.SelectMany(o => o.Inputs).Concat(cond.Inputs.Skip(1)).Where(t => !branches.Contains(t.Operation)).Distinct();
}
