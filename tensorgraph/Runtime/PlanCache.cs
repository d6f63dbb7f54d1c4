using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Onnx;
using TensorGraph.Runtime.Providers;

namespace TensorGraph.Runtime;

/// <summary>Plans each kind of run once and keeps the compiled models.</summary>
internal sealed class PlanCache(ExecutionProvider provider, VariableStore variables) : IDisposable
{
    private readonly Dictionary<RunSignature, ExecutionPlan> _plans = [];

    internal int CompiledModels => _plans.Values.Count(p => p.Model is not null);

    /// <summary>The plan for some fetches and fed tensors; conditionals are decided by asking for their predicates' values.</summary>
    internal ExecutionPlan For(Fetch[] fetches, IReadOnlySet<Tensor> fed, Func<Tensor, bool> predicateValue)
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

    /// <summary>Drops the models that hold a variable's value as a constant; from then on models take it as an input.</summary>
    internal void Drop(Variable variable)
    {
        RunSignature[] stale = [.. _plans.Where(p => p.Value.Model?.BakedVariables.Contains(variable) == true).Select(p => p.Key)];
        foreach (RunSignature signature in stale)
        {
            variables.MarkChanging(variable);
            _plans.Remove(signature, out ExecutionPlan? plan);
            plan?.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (ExecutionPlan plan in _plans.Values)
        {
            plan.Dispose();
        }

        _plans.Clear();
    }

    private ExecutionPlan Compile(Subgraph subgraph, Fetch[] fetches)
    {
        Tensor[] fetched = [.. fetches.Where(f => f.Tensor is not null).Select(f => subgraph.Source(f.Tensor!)).Distinct().Where(t => NeedsModel(t, subgraph))];
        Operation[] assigns = [.. subgraph.Assigns.Where(a => NeedsModel(subgraph.Source(a.Output), subgraph))];
        Dictionary<Tensor, int> fetchOutputs = fetched.Select((t, i) => (t, i)).ToDictionary(p => p.t, p => p.i);
        Dictionary<Operation, int> assignOutputs = assigns.Select((a, i) => (a, i)).ToDictionary(p => p.a, p => fetched.Length + p.i);
        if (fetched.Length + assigns.Length == 0)
        {
            return new ExecutionPlan(subgraph, null, fetchOutputs, assignOutputs);
        }

        OnnxModelBuilder builder = new(subgraph, Constant);
        ModelProto model = builder.Build([.. fetched, .. assigns.Select(a => a.Output)]);
        IEnumerable<bool> isVariable = Enumerable.Range(0, fetched.Length + assigns.Length).Select(i => i >= fetched.Length);
        return new ExecutionPlan(subgraph, new CompiledSubgraph(model, builder, provider, isVariable), fetchOutputs, assignOutputs);
    }

    /// <summary>Whether a value is the model's to make: it is neither given, nor made on the host, nor in host memory already.</summary>
    private bool NeedsModel(Tensor source, Subgraph subgraph) =>
        !subgraph.Fed.Contains(source)
        && source.Operation.Kernel is null
        && source.Operation.Type != "Constant"
        && (source.Operation.Host is not ReadVariable || !provider.KeepsVariablesOnHost);

    private NDArray? Constant(Variable variable) => variables.IsConstant(variable) ? OrtTensors.ToNDArray(variables[variable]) : null;
}
