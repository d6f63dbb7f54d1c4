namespace StyleGan2.Encoder.Tests.Architecture;

public sealed class FolderDependencyTests
{
    /// <summary>The folders of tensorgraph by layer; the last is the facade's namespace.</summary>
    private static readonly string[][] s_layers =
    [
        ["TensorGraph.Random", "TensorGraph.Numpy", "TensorGraph.Records"],
        ["TensorGraph.Graphs"],
        ["TensorGraph.Operations"],
        ["TensorGraph.Gradients"],
        ["TensorGraph.Runtime", "TensorGraph.Data"],
        ["TensorGraph"],
    ];

    [Fact]
    public void No_two_folders_of_a_project_know_each_other_both_ways()
    {
        HashSet<(string From, string To)> uses = [.. UsesInCode(), .. UsesInUsings()];
        Rule.AssertUnbroken(
            uses.Where(u => uses.Contains((u.To, u.From)) && string.CompareOrdinal(u.From, u.To) < 0).Select(u => $"{u.From} <-> {u.To}"));
    }

    [Fact]
    public void Folders_of_tensorgraph_know_none_of_a_layer_above()
    {
        IEnumerable<(string From, string To)> uses = UsesInCode().Concat(UsesInUsings()).Where(u => LayerOf(u.From) >= 0).Distinct();
        Rule.AssertUnbroken(uses.Where(u => LayerOf(u.To) > LayerOf(u.From)).Select(u => $"{u.From} -> {u.To}"));
    }

    /// <summary>The layer of a namespace of tensorgraph, or -1. A folder within a folder belongs to its layer.</summary>
    private static int LayerOf(string name) => Array.FindLastIndex(
        s_layers, layer => layer.Any(l => name == l || (l != "TensorGraph" && name.StartsWith($"{l}.", StringComparison.Ordinal))));

    private static IEnumerable<(string From, string To)> UsesInCode() =>
        from type in CompiledCode.Assemblies.SelectMany(CompiledCode.TypesOf)
        from used in CompiledCode.TypesUsedBy(type)
        where used.Scope == type.Module
        let uses = (From: CompiledCode.Outermost(type).Namespace, To: CompiledCode.Outermost(used).Namespace)
        where uses.From.Length > 0 && uses.To.Length > 0 && uses.From != uses.To
        select uses;

    /// <summary>Using directives also tell of constants, which leave no trace in code.</summary>
    private static IEnumerable<(string From, string To)> UsesInUsings()
    {
        string[] namespaces = [.. SourceTree.CSharpFiles.Select(SourceTree.NamespaceOf).OfType<string>().Distinct()];
        return
            from file in SourceTree.CSharpFiles
            let own = SourceTree.NamespaceOf(file)
            where own is not null
            from target in SourceTree.UsingsOf(file)
            let used = namespaces.Where(n => target == n || target.StartsWith($"{n}.", StringComparison.Ordinal)).MaxBy(n => n.Length)
            where used is not null && used != own
            select (own, used);
    }
}
