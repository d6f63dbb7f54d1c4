using Microsoft.ML.OnnxRuntime;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Operations;
using TensorGraph.Runtime.Providers;

namespace TensorGraph.Runtime;

/// <summary>Carries out runs: plans them, runs host operations and the compiled model, and writes variables when all has gone well.</summary>
internal sealed class Executor : IDisposable
{
    private readonly PlanCache _plans;
    private readonly Dictionary<object, object> _states = [];

    internal Executor(ExecutionProvider provider) => _plans = new PlanCache(provider, Variables);

    internal VariableStore Variables { get; } = new();

    internal int CompiledModels => _plans.CompiledModels;

    internal NDArray[] Run(Fetch[] fetches, RunState state)
    {
        ExecutionPlan plan = _plans.For(fetches, state.Fed, predicate => Inner(predicate, state).GetAtIndex<bool>(0));
        return Carry(plan, fetches, state);
    }

    /// <summary>Replaces a variable's value, which is then owned here; models that hold the old one as a constant are dropped.</summary>
    internal void SetVariable(Variable variable, OrtValue value)
    {
        Variables.Set(variable, value);
        _plans.Drop(variable);
    }

    /// <summary>Makes the next run of a random operation the run of that number.</summary>
    internal void SeekRandom(Operation operation, long run) => ((RandomKernel)operation.Kernel!).Seek(new HostContext(operation, _states), run);

    public void Dispose()
    {
        _plans.Dispose();
        foreach (IDisposable state in _states.Values.OfType<IDisposable>())
        {
            state.Dispose();
        }

        Variables.Dispose();
    }

    private NDArray[] Carry(ExecutionPlan plan, Fetch[] fetches, RunState state)
    {
        foreach (Operation operation in plan.Subgraph.KernelOperations)
        {
            RunOnHost(operation, state);
        }

        IReadOnlyList<OrtValue> outputs = plan.Model?.Run(t => state[t], v => Variables[v]) ?? [];
        HashSet<OrtValue> kept = [];
        try
        {
            NDArray[] results = [.. fetches.Select(f => f.Tensor is null ? np.empty(0) : FetchedValue(f.Tensor, plan, outputs, state))];
            (Variable, OrtValue)[] assigned = [.. plan.Subgraph.Assigns.Select(a => (VariableOrder.VariableOf(a), AssignedValue(a, plan, outputs, state)))];
            foreach ((Variable variable, OrtValue value) in assigned)
            {
                kept.Add(value);
                SetVariable(variable, value);
            }

            return results;
        }
        finally
        {
            foreach (OrtValue output in outputs.Where(o => !kept.Contains(o)))
            {
                output.Dispose();
            }
        }
    }

    private void RunOnHost(Operation operation, RunState state)
    {
        if (operation.Outputs.Count == 0 || !operation.Outputs.All(state.Has))
        {
            NDArray[] inputs = [.. operation.Inputs.Select(i => state.Find(i) ?? Inner(i, state))];
            state.Add(operation, operation.Kernel!.Run(new HostContext(operation, _states), inputs));
        }
    }

    /// <summary>A value that the run needs before its model can be chosen or fed, found by a run of its own.</summary>
    private NDArray Inner(Tensor tensor, RunState state)
    {
        Fetch[] fetches = [tensor];
        ExecutionPlan plan = _plans.For(fetches, state.Fed, predicate => Inner(predicate, state).GetAtIndex<bool>(0));
        return plan.Subgraph.Assigns.Count == 0
            ? Carry(plan, fetches, state)[0]
            : throw new NotSupportedException($"{tensor.Name} decides how its run is carried out; it cannot depend on the run's own assign {plan.Subgraph.Assigns[0].Name}");
    }

    private NDArray FetchedValue(Tensor tensor, ExecutionPlan plan, IReadOnlyList<OrtValue> outputs, RunState state)
    {
        Tensor source = plan.Subgraph.Source(tensor);
        return plan.FetchOutputs.TryGetValue(source, out int index) ? OrtTensors.ToNDArray(outputs[index]) : AtHand(source, state);
    }

    private OrtValue AssignedValue(Operation assign, ExecutionPlan plan, IReadOnlyList<OrtValue> outputs, RunState state) =>
        plan.AssignOutputs.TryGetValue(assign, out int index) ? outputs[index] : OrtTensors.Copy(AtHand(plan.Subgraph.Source(assign.Output), state));

    private NDArray AtHand(Tensor source, RunState state) => source.Operation.Type switch
    {
        _ when state.Find(source) is { } value => value,
        "Constant" => source.Operation.Attribute<NDArray>("value"),
        _ => OrtTensors.ToNDArray(Variables[VariableOrder.VariableOf(source.Operation)]),
    };
}
