using System.Runtime.Intrinsics;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Kernels.Convolutions;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>Which convolutions kernels compute faster than ONNX Runtime (docs/performance.md has the measurements).</summary>
internal static class ConvolutionRule
{
    private const int LeastSide = 16, LeastChannels = 32;

    /// <summary>Whether a node is a convolution that Winograd's algorithm can compute, and does faster.</summary>
    /// <param name="node">The node.</param>
    /// <param name="images">Shape of its images.</param>
    /// <param name="weights">Shape of its weights.</param>
    internal static bool TakesWinograd(NodeProto node, TensorShape images, TensorShape weights) =>
        Vector256.IsHardwareAccelerated
        && IsPlain3X3(node)
        && weights is { Rank: 4 }
        && weights[2] == 3
        && weights[3] == 3
        && images is { Rank: 4 }
        && weights[1] >= LeastChannels
        && images[2] >= LeastSide
        && images[3] >= LeastSide
        && WinogradConvolution.Fits(images[2], images[3]);

    private static bool IsPlain3X3(NodeProto node) =>
        node.OpType == "Conv"
        && node.Input.Count == 2
        && node.Longs("group") is [1] or []
        && node.Longs("strides").All(s => s == 1)
        && node.Longs("dilations").All(d => d == 1)
        && node.Longs("pads") is [1, 1, 1, 1];
}
