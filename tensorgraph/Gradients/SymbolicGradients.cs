using TensorGraph.Graphs;
using TensorGraph.Operations;

namespace TensorGraph.Gradients;

/// <summary>Reverse-mode differentiation that builds more graph: one walk backwards, one table of rules.</summary>
/// <remarks>
/// Operations are visited breadth first from ys, each once all that read it have been visited, and gradients add up in the order in which
/// they arrive: TensorFlow's
/// order, so that float32 sums round as there.
/// </remarks>
internal static class SymbolicGradients
{
    /// <summary>Gradients of the sum of ys for each of xs, null where ys do not depend on it.</summary>
    /// <param name="ys">What is differentiated.</param>
    /// <param name="xs">What for.</param>
    /// <param name="gradYs">Gradients arriving at ys; ones where left out.</param>
    /// <param name="within">The only operations to go through; all if left out.</param>
    internal static Tensor?[] Build(
        IReadOnlyList<Tensor> ys, IReadOnlyList<Tensor> xs, IReadOnlyList<Tensor?>? gradYs, IReadOnlySet<Operation>? within = null)
    {
        HashSet<Operation> between = OperationsBetween(xs, ys, within);
        Dictionary<Tensor, Tensor> arrived = [];
        using NameScope scope = ys[0].Graph.NameScope("gradients");
        for (int i = 0; i < ys.Count; i++)
        {
            Accumulate(arrived, ys[i], gradYs?[i] ?? Shapes.FillLike(ys[i], 1));
        }

        foreach (Operation operation in Backwards(ys, between))
        {
            if (operation.Host is Conditional conditional)
            {
                ConditionalGradients.Propagate(operation, conditional.Branches, arrived, Accumulate);
            }
            else if (operation.Outputs.Count == 1 && arrived.TryGetValue(operation.Output, out Tensor? dy))
            {
                PropagateThrough(operation, dy, between, xs, arrived);
            }
        }

        return [.. xs.Select(x => arrived.GetValueOrDefault(x))];
    }

    private static IEnumerable<Operation> Backwards(IReadOnlyList<Tensor> ys, HashSet<Operation> between)
    {
        Dictionary<Operation, int> unvisitedReaders = between.ToDictionary(o => o, _ => 0);
        foreach (Operation read in between.SelectMany(InputOperations).Where(between.Contains))
        {
            unvisitedReaders[read]++;
        }

        IEnumerable<Operation> last = ys.Select(y => y.Operation).Distinct();
        Queue<Operation> ready = new(last.Where(o => unvisitedReaders.TryGetValue(o, out int readers) && readers == 0));
        while (ready.TryDequeue(out Operation? operation))
        {
            yield return operation;
            foreach (Operation read in InputOperations(operation).Where(between.Contains))
            {
                if (--unvisitedReaders[read] == 0)
                {
                    ready.Enqueue(read);
                }
            }
        }
    }

    private static IEnumerable<Operation> InputOperations(Operation operation) => operation.Inputs.Select(i => i.Operation);

    private static void PropagateThrough(
        Operation operation, Tensor dy, HashSet<Operation> between, IReadOnlyList<Tensor> xs, Dictionary<Tensor, Tensor> arrived)
    {
        for (int i = 0; i < operation.Inputs.Count; i++)
        {
            Tensor input = operation.Inputs[i];
            bool wanted = input.DType.IsFloating() && (between.Contains(input.Operation) || xs.Contains(input));
            if (wanted && GradientRules.Of(operation)(operation, dy, i) is { } dx)
            {
                Accumulate(arrived, input, Broadcasting.Undo(dx, input));
            }
        }
    }

    private static void Accumulate(Dictionary<Tensor, Tensor> arrived, Tensor tensor, Tensor gradient) =>
        arrived[tensor] = arrived.TryGetValue(tensor, out Tensor? sum) ? sum + gradient : gradient;

    /// <summary>
    /// The operations that lie on a way from xs to ys; those that make xs are among them only when they lie on the way of another x.
    /// </summary>
    private static HashSet<Operation> OperationsBetween(IReadOnlyList<Tensor> xs, IReadOnlyList<Tensor> ys, IReadOnlySet<Operation>? within)
    {
        HashSet<Tensor> sources = [.. xs];
        Dictionary<Operation, bool> depends = [];
        Stack<Operation> stack = new(ys.Select(y => y.Operation));
        while (stack.TryPeek(out Operation? operation))
        {
            if (depends.ContainsKey(operation))
            {
                stack.Pop();
                continue;
            }

            if (within?.Contains(operation) == false)
            {
                depends[operation] = false;
                continue;
            }

            Operation[] pending = [.. operation.Inputs.Select(i => i.Operation).Where(o => !depends.ContainsKey(o))];
            if (pending.Length > 0)
            {
                Array.ForEach(pending, stack.Push);
                continue;
            }

            depends[operation] = operation.Inputs.Any(i => sources.Contains(i) || depends[i.Operation]);
            stack.Pop();
        }

        return [.. depends.Where(d => d.Value).Select(d => d.Key)];
    }
}
