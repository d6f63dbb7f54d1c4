using TensorGraph.Graphs;

namespace TensorGraph.Runtime.Subgraphs;

/// <summary>Which assign a read of a variable comes after, by control dependencies.</summary>
internal static class VariableOrder
{
    /// <summary>The last assign of the variable among all that must run before the read; else null.</summary>
    internal static Operation? AssignBefore(Operation read, Subgraph subgraph)
    {
        if (read.ControlInputs.Count == 0 || subgraph.Assigns.Count == 0)
        {
            return null;
        }

        HashSet<Operation> before = Ancestors(read);
        Variable variable = VariableOf(read);
        return subgraph.Assigns.LastOrDefault(a => before.Contains(a) && VariableOf(a) == variable);
    }

    /// <summary>The variable that an operation reads or assigns.</summary>
    internal static Variable VariableOf(Operation operation) => ((VariableOperation)operation.Host!).Variable;

    private static HashSet<Operation> Ancestors(Operation operation)
    {
        HashSet<Operation> ancestors = [];
        Stack<Operation> pending = new(operation.ControlInputs);
        while (pending.TryPop(out Operation? next))
        {
            if (ancestors.Add(next))
            {
                foreach (Operation earlier in next.Inputs.Select(i => i.Operation).Concat(next.ControlInputs))
                {
                    pending.Push(earlier);
                }
            }
        }

        return ancestors;
    }
}
