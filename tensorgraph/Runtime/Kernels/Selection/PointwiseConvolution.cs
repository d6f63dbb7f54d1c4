using TensorGraph.Graphs;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>
/// A 1x1 convolution with few channels on one side, as those to and from RGB: it makes planes of feature maps, or feature maps of planes.
/// </summary>
/// <param name="Outputs">Output channels.</param>
/// <param name="Channels">Input channels.</param>
internal readonly record struct PointwiseConvolution(int Outputs, int Channels)
{
    private const int MostPlanes = 4;

    /// <summary>Whether it spreads planes to feature maps; otherwise it adds up feature maps.</summary>
    internal bool Spreads => Channels <= MostPlanes;

    /// <summary>The convolution of a node; null if the node is none of the kind.</summary>
    internal static PointwiseConvolution? Of(NodeProto node, IReadOnlyDictionary<string, TensorShape> shapes) =>
        node.OpType == "Conv"
        && node.Input.Count == 2
        && shapes.GetValueOrDefault(node.Input[1]) is { Rank: 4, IsFullyDefined: true } weights
        && weights[2] == 1
        && weights[3] == 1
        && Math.Min(weights[0], weights[1]) <= MostPlanes
        && node.HasOneGroup()
        && node.HasWindow(stride: 1, padding: 0)
            ? new PointwiseConvolution(weights[0], weights[1])
            : null;
}
