using TensorGraph.Operations;
using static TensorGraph.Binding;

namespace TensorGraph.Gradients;

/// <summary>Gradients through <c>tf.cond</c>: again a <c>tf.cond</c>, so that only the branch taken is differentiated in a run.</summary>
internal static class ConditionalGradients
{
    internal const string Branches = "branches";

    internal static void Propagate(Operation cond, Dictionary<Tensor, Tensor> arrived, Action<Dictionary<Tensor, Tensor>, Tensor, Tensor> accumulate)
    {
        if (!arrived.TryGetValue(cond.Output, out Tensor? dy) || !cond.Output.DType.IsFloating())
        {
            return;
        }

        Tensor predicate = cond.Inputs[0], whenTrue = cond.Inputs[1], whenFalse = cond.Inputs[2];
        HashSet<Operation> branches = cond.Attribute<HashSet<Operation>>(Branches);
        Tensor[] captured = [.. Captured(cond, branches).Where(t => t.DType.IsFloating())];
        Tensor?[] forTrue = SymbolicGradients.Build([whenTrue], captured, [dy]);
        Tensor?[] forFalse = SymbolicGradients.Build([whenFalse], captured, [dy]);
        for (int i = 0; i < captured.Length; i++)
        {
            if (forTrue[i] is not null || forFalse[i] is not null)
            {
                Tensor gradient = Conditional.Select(
                    predicate, forTrue[i] ?? tf.zeros_like(captured[i]), forFalse[i] ?? tf.zeros_like(captured[i]), []);
                accumulate(arrived, captured[i], gradient);
            }
        }
    }

    /// <summary>What the branches read from outside, and branch results that come from outside as they are.</summary>
    private static IEnumerable<Tensor> Captured(Operation cond, HashSet<Operation> branches) =>
        branches.SelectMany(o => o.Inputs).Concat(cond.Inputs.Skip(1)).Where(t => !branches.Contains(t.Operation)).Distinct();
}
