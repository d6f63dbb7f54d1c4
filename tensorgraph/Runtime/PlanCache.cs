using TensorGraph.Graphs;
using TensorGraph.Runtime.Onnx;
using TensorGraph.Runtime.Providers;
using TensorGraph.Runtime.Subgraphs;

namespace TensorGraph.Runtime;

/// <summary>
/// Plans each kind of run once and keeps the plans, with their compiled models, that were used last. Several sessions can use it at the
/// same time.
/// </summary>
internal sealed class PlanCache(ExecutionProvider provider, VariableStore variables) : IDisposable
{
    /// <summary>Plans that are kept from run to run; a run that needs more, for its conditionals, keeps all of its own.</summary>
    internal const int Capacity = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<RunSignature, ExecutionPlan> _plans = [];
    private long _needs;

    internal int CompiledModels => Locked(() => _plans.Values.Count(p => p.Model is not null));

    /// <summary>
    /// The plan for some fetches and what a run feeds, which is the run's until <see cref="EndRun"/>; conditionals are decided by asking
    /// for their predicates' values.
    /// </summary>
    internal ExecutionPlan For(Fetch[] fetches, RunState run, Func<Tensor, bool> predicateValue) => Locked(() =>
    {
        ExecutionPlan plan = Find(fetches, run.Fed, predicateValue);
        plan.LastNeed = ++_needs;
        plan.Users += run.Plans.Add(plan) ? 1 : 0;
        return plan;
    });

    /// <summary>Drops the plans used longest ago, as many as there are too many; those of runs, of the one that ends too, stay.</summary>
    internal void EndRun(RunState run) => Locked(() =>
    {
        int surplus = _plans.Count - Capacity;
        if (surplus > 0)
        {
            Remove(_plans.Where(p => p.Value.Users == 0).OrderBy(p => p.Value.LastNeed).Take(surplus));
        }

        foreach (ExecutionPlan plan in run.Plans)
        {
            plan.Users--;
            DisposeUnused(plan);
        }

        return true;
    });

    /// <summary>Drops the models that hold a variable's value as a constant; from then on models take it as an input.</summary>
    internal void Drop(Variable variable) => Locked(() =>
    {
        bool wasHeld = Remove(_plans.Where(p => p.Value.Model?.BakedVariables.Contains(variable) == true));
        if (wasHeld)
        {
            variables.MarkChanging(variable);
        }

        return wasHeld;
    });

    /// <summary>Drops the plans of runs that need one of the operations.</summary>
    internal void Drop(IReadOnlySet<Operation> operations) => Locked(() => Remove(
        _plans.Where(p => p.Value.Subgraph.Operations.Concat(p.Value.Subgraph.KernelOperations).Any(operations.Contains))));

    public void Dispose() => Locked(() => Remove(_plans));

    private static void DisposeUnused(ExecutionPlan plan)
    {
        if (plan.IsDropped && plan.Users == 0)
        {
            plan.Dispose();
        }
    }

    private ExecutionPlan Find(Fetch[] fetches, IReadOnlySet<Tensor> fed, Func<Tensor, bool> predicateValue)
    {
        RunSignature signature = new(fetches, fed);
        if (_plans.TryGetValue(signature, out ExecutionPlan? plan))
        {
            return plan;
        }

        IEnumerable<Operation> targets = fetches.Where(f => f.Tensor is null || !fed.Contains(f.Tensor)).Select(f => f.Operation);
        Subgraph subgraph = new SubgraphResolver(fed, predicateValue).Resolve(targets);
        if (subgraph.HasConditionals)
        {
            signature = new RunSignature(fetches, fed, subgraph.Branches.Values);
        }

        if (!_plans.TryGetValue(signature, out plan))
        {
            plan = Compile(subgraph, fetches);
            _plans.Add(signature, plan);
        }

        return plan;
    }

    private bool Remove(IEnumerable<KeyValuePair<RunSignature, ExecutionPlan>> plans)
    {
        KeyValuePair<RunSignature, ExecutionPlan>[] removed = [.. plans];
        foreach ((RunSignature signature, ExecutionPlan plan) in removed)
        {
            _plans.Remove(signature);
            plan.IsDropped = true;
            DisposeUnused(plan);
        }

        return removed.Length > 0;
    }

    private T Locked<T>(Func<T> function)
    {
        lock (_gate)
        {
            return function();
        }
    }

    private ExecutionPlan Compile(Subgraph subgraph, Fetch[] fetches)
    {
        IEnumerable<Tensor> sources = fetches.Select(f => f.Tensor).OfType<Tensor>().Select(subgraph.Source).Distinct();
        Tensor[] fetched = [.. sources.Where(s => NeedsModel(s, subgraph))];
        Operation[] assigns = [.. subgraph.Assigns.Where(a => NeedsModel(subgraph.Source(a.Output), subgraph))];
        Dictionary<Tensor, int> fetchOutputs = fetched.Select((t, i) => (t, i)).ToDictionary(p => p.t, p => p.i);
        Dictionary<Operation, int> assignOutputs = assigns.Select((a, i) => (a, i)).ToDictionary(p => p.a, p => fetched.Length + p.i);
        if (fetched.Length + assigns.Length == 0)
        {
            return new ExecutionPlan(subgraph, null, fetchOutputs, assignOutputs);
        }

        OnnxModelBuilder builder = new(subgraph, Constant, keepsConstantsOutside: true);
        OnnxModel model = builder.Build([.. fetched, .. assigns.Select(a => a.Output)]);
        IEnumerable<bool> isKept = Enumerable.Range(0, fetched.Length + assigns.Length).Select(i => i >= fetched.Length);
        return new ExecutionPlan(subgraph, new CompiledSubgraph(model, builder, provider, isKept), fetchOutputs, assignOutputs);
    }

    /// <summary>Whether a model must make a value: it is neither fed, nor made on the host, nor that of a variable or constant.</summary>
    private static bool NeedsModel(Tensor source, Subgraph subgraph) =>
        !subgraph.Fed.Contains(source)
        && source.Operation.Kernel is null
        && source.Operation.Type != "Constant"
        && source.Operation.Host is not ReadVariable;

    private HostMemory? Constant(Variable variable) => variables.IsConstant(variable) ? variables[variable].Lend() : null;
}
