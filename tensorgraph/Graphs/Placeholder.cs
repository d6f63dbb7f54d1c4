namespace TensorGraph.Graphs;

/// <summary>A value that runs must be fed.</summary>
internal sealed class Placeholder() : HostOperation("Placeholder");
