using TensorGraph.Graphs;

namespace TensorGraph.Runtime.Subgraphs;

/// <summary>Walks from the fetches to all that they need; it stops at fed tensors and takes one branch of each conditional.</summary>
internal sealed class SubgraphResolver(IReadOnlySet<Tensor> fed, Func<Tensor, bool> predicateValue)
{
    private readonly List<Operation> _kernelOperations = [];
    private readonly List<Operation> _operations = [];
    private readonly Dictionary<Tensor, Tensor> _branches = [];
    private readonly HashSet<Operation> _done = [];

    internal Subgraph Resolve(IEnumerable<Operation> targets)
    {
        Stack<Operation> pending = new(targets.Reverse());
        while (pending.TryPeek(out Operation? operation))
        {
            Operation[] needed = [.. Dependencies(operation).Where(o => !_done.Contains(o))];
            if (!_done.Contains(operation) && needed.Length > 0)
            {
                Array.ForEach(needed, pending.Push);
                continue;
            }

            pending.Pop();
            if (_done.Add(operation))
            {
                (operation.Kernel is null ? _operations : _kernelOperations).Add(operation);
            }
        }

        return new Subgraph(_kernelOperations, _operations, fed, _branches);
    }

    private IEnumerable<Operation> Dependencies(Operation operation)
    {
        // A host operation's inputs are evaluated by a run of their own.
        IEnumerable<Tensor> inputs = operation.Host switch
        {
            HostKernel => [],
            Conditional => [Branch(operation)],
            _ => operation.Inputs,
        };
        return inputs.Where(i => !fed.Contains(i)).Select(i => i.Operation).Concat(operation.ControlInputs);
    }

    private Tensor Branch(Operation cond)
    {
        if (!_branches.TryGetValue(cond.Output, out Tensor? chosen))
        {
            chosen = cond.Inputs[predicateValue(cond.Inputs[0]) ? 1 : 2];
            _branches.Add(cond.Output, chosen);
        }

        return chosen;
    }
}
