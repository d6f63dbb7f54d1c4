using System.Runtime.Intrinsics;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Kernels.Convolutions;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>Which convolutions with stride 2 kernels compute faster than ONNX Runtime (docs/performance.md has the measurements).</summary>
internal static class ResamplingRule
{
    private const int LeastUpsampledSide = 16, LeastDownsampledSide = 32, LeastChannels = 32;

    /// <summary>Whether a kernel computes a transposed convolution, together with the filter after it, and does so faster.</summary>
    /// <param name="node">The transposed convolution.</param>
    /// <param name="images">Shape of its images.</param>
    /// <param name="weights">Shape of its weights, [channels, outputs, 3, 3].</param>
    internal static bool TakesUpsampling(NodeProto node, TensorShape images, TensorShape weights) =>
        IsLargeEnough(images, LeastUpsampledSide, weights)
        && UpsampledConvolution.Fits(images[3])
        && node.HasOneGroup()
        && node.HasWindow(stride: 2, padding: 0)
        && node.Longs("output_padding").All(p => p == 0);

    /// <summary>Whether a kernel computes a convolution with stride 2, together with the filter before it, and does so faster.</summary>
    /// <param name="node">The convolution.</param>
    /// <param name="images">Shape of the images before the filter.</param>
    /// <param name="weights">Shape of the convolution's weights, [outputs, channels, 3, 3].</param>
    internal static bool TakesDownsampling(NodeProto node, TensorShape images, TensorShape weights) =>
        images is [_, _, int height, int width]
        && height % 2 == 0
        && width % 2 == 0
        && IsLargeEnough(images, 2 * LeastDownsampledSide, weights)
        && DownsampledConvolution.Fits(width / 2)
        && node.HasOneGroup()
        && node.HasWindow(stride: 2, padding: 0);

    private static bool IsLargeEnough(TensorShape images, int leastSide, TensorShape weights) =>
        Vector256.IsHardwareAccelerated
        && images is { Rank: 4 }
        && images[2] >= leastSide
        && images[3] >= leastSide
        && weights[0] >= LeastChannels
        && weights[1] >= LeastChannels;
}
