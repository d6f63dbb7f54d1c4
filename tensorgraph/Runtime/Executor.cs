using Microsoft.ML.OnnxRuntime;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Operations;
using TensorGraph.Runtime.Providers;
using TensorGraph.Runtime.Subgraphs;

namespace TensorGraph.Runtime;

/// <summary>
/// Carries out runs: plans them, runs host operations and the compiled model, and writes variables when all has gone well.
/// </summary>
internal sealed class Executor : IDisposable
{
    private readonly ExecutionProvider _provider;
    private readonly PlanCache _plans;
    private readonly Dictionary<object, object> _states = [];
    private readonly bool _isFork;

    internal Executor(ExecutionProvider provider)
    {
        _provider = provider;
        Variables = new VariableStore();
        _plans = new PlanCache(provider, Variables);
    }

    private Executor(Executor other)
    {
        (_provider, _plans, _isFork) = (other._provider, other._plans, true);
        Variables = other.Variables.Fork(value => _provider.Copy(value.ToArray()));
    }

    internal VariableStore Variables { get; }

    internal int CompiledModels => _plans.CompiledModels;

    internal NDArray[] Run(Fetch[] fetches, RunState state)
    {
        try
        {
            return Carry(PlanFor(fetches, state), fetches, state);
        }
        finally
        {
            _plans.EndRun(state);
        }
    }

    /// <summary>
    /// Executors that work at the same time as this one, with its provider, plans and constants, which stay this one's. What changes they
    /// have for themselves: variables, as they are now, and states, which begin anew.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="threads">How many threads they and this one have together.</param>
    internal Executor[] Fork(int count, int threads)
    {
        _provider.ShareThreads(count + 1, threads);
        return [.. Enumerable.Range(0, count).Select(_ => new Executor(this))];
    }

    /// <summary>Replaces a variable's value by a copy of an array.</summary>
    internal void Load(Variable variable, NDArray value) => SetVariable(variable, _provider.Copy(value));

    /// <summary>Makes the next run of a random operation the run of that number; several numbers are those of the samples.</summary>
    internal void SeekRandom(Operation operation, IReadOnlyList<long> runs) =>
        ((RandomKernel)operation.Kernel!).Seek(new HostContext(operation, _states), runs);

    /// <summary>Drops what is kept for operations that the graph no longer has.</summary>
    internal void Forget(IReadOnlySet<Operation> removed)
    {
        _plans.Drop(removed);
        DisposeStates(key => key is Operation operation && removed.Contains(operation));
    }

    public void Dispose()
    {
        DisposeStates(_ => true);
        if (!_isFork)
        {
            _plans.Dispose();
        }

        Variables.Dispose();
        if (!_isFork)
        {
            _provider.Dispose();
        }
    }

    private void DisposeStates(Func<object, bool> which)
    {
        foreach ((object key, object state) in _states.Where(s => which(s.Key)).ToArray())
        {
            _states.Remove(key);
            (state as IDisposable)?.Dispose();
        }
    }

    private ExecutionPlan PlanFor(Fetch[] fetches, RunState state) =>
        _plans.For(fetches, state, predicate => Inner(predicate, state).GetAtIndex<bool>(0));

    /// <summary>Replaces a variable's value, which is then owned here; models that hold the old one as a constant are dropped.</summary>
    private void SetVariable(Variable variable, DeviceTensor value)
    {
        Variables.Set(variable, value);
        _plans.Drop(variable);
    }

    private NDArray[] Carry(ExecutionPlan plan, Fetch[] fetches, RunState state)
    {
        foreach (Operation operation in plan.Subgraph.KernelOperations)
        {
            RunOnHost(operation, state);
        }

        IReadOnlyList<OrtValue> outputs = plan.Model?.Run(t => state[t], v => Variables[v]) ?? [];
        try
        {
            NDArray[] results = [.. fetches.Select(f => f.Tensor is null ? np.empty(0) : FetchedValue(f.Tensor, plan, outputs, state))];

            // Every new value is there before the first old one goes: assigns of one run see the values from before it, and all are written
            // or none.
            DeviceTensor[] values = [.. plan.Subgraph.Assigns.Select(a => AssignedValue(a, plan, outputs, state))];
            foreach ((Operation assign, DeviceTensor value) in plan.Subgraph.Assigns.Zip(values))
            {
                SetVariable(VariableOrder.VariableOf(assign), value);
            }

            Array.ForEach([.. plan.FetchOutputs.Values], fetched => outputs[fetched].Dispose());
            return results;
        }
        catch
        {
            Array.ForEach([.. outputs], o => o.Dispose());
            throw;
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
        ExecutionPlan plan = PlanFor(fetches, state);
        return plan.Subgraph.Assigns.Count == 0
            ? Carry(plan, fetches, state)[0]
            : throw new NotSupportedException(
                $"{tensor.Name} is needed before its run can be compiled; "
                + $"it cannot depend on the run's own assign {plan.Subgraph.Assigns[0].Name}");
    }

    private NDArray FetchedValue(Tensor tensor, ExecutionPlan plan, IReadOnlyList<OrtValue> outputs, RunState state)
    {
        Tensor source = plan.Subgraph.Source(tensor);
        return plan.FetchOutputs.TryGetValue(source, out int index) ? HostTensors.ToArray(outputs[index]) : AtHand(source, state);
    }

    private DeviceTensor AssignedValue(Operation assign, ExecutionPlan plan, IReadOnlyList<OrtValue> outputs, RunState state) =>
        plan.AssignOutputs.TryGetValue(assign, out int index)
            ? _provider.Keep(outputs[index])
            : _provider.Copy(AtHand(plan.Subgraph.Source(assign.Output), state));

    private NDArray AtHand(Tensor source, RunState state) => source.Operation.Type switch
    {
        _ when state.Find(source) is { } value => value,
        "Constant" => source.Operation.Attribute<NDArray>("value"),
        _ => Variables[VariableOrder.VariableOf(source.Operation)].ToArray(),
    };
}
