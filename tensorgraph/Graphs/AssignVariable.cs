namespace TensorGraph.Graphs;

/// <summary>Writes its input to a variable at the end of a run; its output is the value written.</summary>
internal sealed class AssignVariable(Variable variable) : VariableOperation("Assign", variable);
