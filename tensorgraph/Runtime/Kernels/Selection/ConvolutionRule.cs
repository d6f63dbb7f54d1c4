using System.Runtime.Intrinsics;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Kernels.Convolutions;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>Which convolutions kernels compute faster than ONNX Runtime (docs/performance.md has the measurements).</summary>
internal static class ConvolutionRule
{
    private const int LeastSide = 16, LeastChannels = 32;

    /// <summary>With more channels, the weights of large tiles are too large for the caches, and for memory.</summary>
    private const int MostChannelsOfLargeTiles = 256;

    /// <summary>How Winograd's algorithm computes the convolution that a node is; null if it cannot, or not faster.</summary>
    /// <param name="node">The node.</param>
    /// <param name="images">Shape of its images.</param>
    /// <param name="weights">Shape of its weights.</param>
    internal static WinogradTiling? TilingOf(NodeProto node, TensorShape images, TensorShape weights)
    {
        bool takes = Vector256.IsHardwareAccelerated
            && IsPlain3X3(node)
            && weights is { Rank: 4 }
            && weights[2] == 3
            && weights[3] == 3
            && images is { Rank: 4 }
            && weights[1] >= LeastChannels
            && images[2] >= LeastSide
            && images[3] >= LeastSide;
        if (!takes)
        {
            return null;
        }

        bool takesLarge = LargeTiles.IsSupported && Math.Max(weights[0], weights[1]) <= MostChannelsOfLargeTiles;
        WinogradTiling[] tilings = takesLarge ? [LargeTiles.Instance, SmallTiles.Instance] : [SmallTiles.Instance];
        return tilings.FirstOrDefault(t => t.Fits(images[2], images[3]));
    }

    private static bool IsPlain3X3(NodeProto node) =>
        node.OpType == "Conv"
        && node.Input.Count == 2
        && node.HasOneGroup()
        && node.HasWindow(stride: 1, padding: 1);
}
