namespace TensorGraph.Graphs;

/// <summary>Reads or writes a variable.</summary>
internal abstract class VariableOperation(string type, Variable variable) : HostOperation(type)
{
    internal Variable Variable { get; } = variable;
}
