using TensorGraph.Graphs;

namespace Dnnlib.TfLib;

/// <summary>What <see cref="NetworkRunner"/> has added to the graph for some settings.</summary>
/// <param name="Scope">The name scope that holds it.</param>
/// <param name="Inputs">A placeholder for each of the network's inputs.</param>
/// <param name="Settings">Placeholders of the settings that are fed, by name.</param>
/// <param name="Outputs">The outputs, transformed.</param>
internal sealed record NetworkRunGraph(
    string Scope, IReadOnlyList<Tensor> Inputs, IReadOnlyDictionary<string, Tensor> Settings, IReadOnlyList<Tensor> Outputs);
