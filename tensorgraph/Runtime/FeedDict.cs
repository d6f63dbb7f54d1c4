using NumSharp;
using TensorGraph.Graphs;

namespace TensorGraph.Runtime;

/// <summary>Values given to a run for placeholders, or for any other tensors in place of computing them.</summary>
public sealed class FeedDict : Dictionary<Tensor, NDArray>;
