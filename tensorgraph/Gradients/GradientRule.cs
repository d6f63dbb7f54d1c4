using TensorGraph.Graphs;

namespace TensorGraph.Gradients;

/// <summary>The gradient of an operation's only output for one of its inputs.</summary>
/// <param name="operation">The operation.</param>
/// <param name="dy">The gradient that arrived at its output, of the output's shape.</param>
/// <param name="input">Which input.</param>
/// <returns>A tensor that broadcasts from the input's shape, or null where no gradient flows.</returns>
internal delegate Tensor? GradientRule(Operation operation, Tensor dy, int input);
