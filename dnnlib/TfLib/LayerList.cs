using TensorGraph.Graphs;

namespace Dnnlib.TfLib;

/// <summary>
/// Finds a network's layers: the outermost scopes that compute something directly, rather than only through scopes within.
/// </summary>
internal sealed class LayerList
{
    /// <summary>What is no part of what a layer computes.</summary>
    private static readonly HashSet<string> s_hidden = ["Constant", "Assign"];

    /// <summary>What only serves layers and is none by itself.</summary>
    private static readonly HashSet<string> s_auxiliary = ["Shape", "Slice", "Concat", "Cast"];

    /// <summary>What may stand beside scopes without making a layer of the scope around.</summary>
    private static readonly HashSet<string> s_passing = ["Identity", "Cast", "Transpose", "Placeholder"];

    private readonly List<NetworkLayer> _layers = [];

    /// <summary>The layers of a network, operations before variables as the reference lists them.</summary>
    /// <param name="template">The network's graph.</param>
    /// <param name="variables">Its variables by local name.</param>
    internal static IReadOnlyList<NetworkLayer> Of(NetworkTemplate template, IReadOnlyDictionary<string, Variable> variables)
    {
        LayerList list = new();
        list.Visit("", [.. Entries(template), .. variables.Select(v => new Entry(v.Key, null, v.Value))]);
        return list._layers;
    }

    /// <summary>The network's operations by local name; those of a variable stand as one, the variable.</summary>
    private static IEnumerable<Entry> Entries(NetworkTemplate template)
    {
        HashSet<string> seen = [];
        foreach (Operation operation in template.Operations)
        {
            string name = operation.Name[(template.Scope.Length + 1)..];
            string? variable = Prefixes(name).FirstOrDefault(template.Variables.ContainsKey);
            if (variable is not null && seen.Add(variable))
            {
                yield return new Entry(variable, null, template.Variables[variable]);
            }
            else if (variable is null && !s_hidden.Contains(operation.Type))
            {
                yield return new Entry(name, operation, null);
            }
        }
    }

    private static IEnumerable<string> Prefixes(string name)
    {
        for (int slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            yield return name[..slash];
        }
    }

    /// <summary>Reports a scope as a layer, or goes into the scopes within.</summary>
    private void Visit(string scope, IReadOnlyList<Entry> entries)
    {
        string prefix = scope.Length == 0 ? "" : scope + "/";
        Entry[] within = [.. entries.Where(e => e.Name == scope || e.Name.StartsWith(prefix, StringComparison.Ordinal))];
        bool isLayer = within.Any(e =>
            e.Operation is { } o && !s_passing.Contains(o.Type) && !e.Name[Math.Min(prefix.Length, e.Name.Length)..].Contains('/'));
        if (scope.Length > 0 && (isLayer || within.Select(e => e.Name).Distinct().Count() == 1))
        {
            if (!within.All(e => e.Operation is { } o && s_auxiliary.Contains(o.Type)))
            {
                _layers.Add(Layer(scope, within));
            }

            return;
        }

        foreach (string name in within.Where(e => e.Name != scope).Select(e => prefix + e.Name[prefix.Length..].Split('/')[0]).Distinct())
        {
            Visit(name, within);
        }
    }

    private static NetworkLayer Layer(string scope, Entry[] entries)
    {
        Variable[] variables = [.. entries.Select(e => e.Variable).OfType<Variable>().Distinct()];
        TensorShape shape = entries.LastOrDefault(e => e.Operation is not null)?.Operation!.Outputs[0].Shape ?? variables[^1].Shape;
        return new NetworkLayer(scope, shape, [.. variables.Where(v => v.Trainable)]);
    }

    /// <summary>An operation or a variable by local name.</summary>
    private sealed record Entry(string Name, Operation? Operation, Variable? Variable);
}
