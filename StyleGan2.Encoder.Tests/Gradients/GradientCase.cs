using TensorGraph.Graphs;

namespace StyleGan2.Encoder.Tests.Gradients;

/// <summary>An operation on inputs of given shapes, to be differentiated.</summary>
/// <param name="Build">Makes the operation of its inputs.</param>
/// <param name="Shapes">The inputs' shapes.</param>
/// <param name="IsPositive">Whether inputs must be positive.</param>
/// <param name="UnknownSamples">Whether the first dimension is unknown when the graph is built.</param>
internal sealed record GradientCase(Func<Tensor[], Tensor> Build, int[][] Shapes, bool IsPositive = false, bool UnknownSamples = false);
