using TensorGraph.Graphs;

namespace Dnnlib.TfLib;

/// <summary>A network's graph on inputs of its own, from which shapes and variables are known.</summary>
internal sealed class NetworkTemplate
{
    internal NetworkTemplate(
        string scope, IReadOnlyList<(string Name, Tensor Tensor)> inputs, IReadOnlyList<Tensor> outputs, Graph graph, int firstOperation)
    {
        Scope = scope;
        Inputs = inputs;
        Outputs = [.. outputs];
        string prefix = scope + "/";
        Operations = [.. graph.Operations.Skip(firstOperation).Where(o => o.Name.StartsWith(prefix, StringComparison.Ordinal))];
        IEnumerable<Variable> variables = graph.Variables.Where(v => v.Name.StartsWith(prefix, StringComparison.Ordinal));
        Variables = new OrderedDictionary<string, Variable>(variables.Select(v => KeyValuePair.Create(v.Name[prefix.Length..], v)));
    }

    /// <summary>The variable scope.</summary>
    internal string Scope { get; }

    internal IReadOnlyList<(string Name, Tensor Tensor)> Inputs { get; }

    internal Tensor[] Outputs { get; }

    /// <summary>The operations under the scope, in order of creation.</summary>
    internal IReadOnlyList<Operation> Operations { get; }

    /// <summary>The network's own variables by local name.</summary>
    internal IReadOnlyDictionary<string, Variable> Variables { get; }
}
