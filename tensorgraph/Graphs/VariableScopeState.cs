namespace TensorGraph.Graphs;

/// <summary>A variable scope that has been entered.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Reuse">Whether variables that exist are found again.</param>
/// <param name="BeforeCreation">Receives the full name and the shape of each variable before it is made.</param>
internal sealed record VariableScopeState(string Name, VariableReuse Reuse, Action<string, TensorShape>? BeforeCreation = null)
{
    /// <summary>The full name of what lies in the scope.</summary>
    internal string FullName(string name) => Name.Length == 0 ? name : $"{Name}/{name}";
}
