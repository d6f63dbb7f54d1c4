using TensorGraph.Graphs;

namespace Dnnlib.TfLib;

/// <summary>
/// Builds a network's graph, as Python's build functions do. Methods with a <see cref="PythonNameAttribute"/> are found by that name.
/// </summary>
/// <param name="network">The network's inputs, settings and components.</param>
/// <returns>The network's outputs.</returns>
public delegate Tensor[] NetworkFunction(NetworkBuild network);
