namespace TensorGraph.Graphs;

/// <summary>Its output is a variable's value.</summary>
internal sealed class ReadVariable(Variable variable) : VariableOperation("ReadVariable", variable);
