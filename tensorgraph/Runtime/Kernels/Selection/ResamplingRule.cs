using System.Runtime.Intrinsics;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Kernels.Convolutions;
using TensorGraph.Runtime.Onnx;

namespace TensorGraph.Runtime.Kernels.Selection;

/// <summary>Which convolutions with stride 2 kernels compute faster than ONNX Runtime (docs/performance.md has the measurements).</summary>
internal static class ResamplingRule
{
    private const int LeastSide = 16, LeastChannels = 32;

    /// <summary>Whether a kernel computes a transposed convolution, together with the filter after it, and does so faster.</summary>
    /// <param name="node">The transposed convolution.</param>
    /// <param name="images">Shape of its images.</param>
    /// <param name="weights">Shape of its weights, [channels, outputs, 3, 3].</param>
    internal static bool TakesUpsampling(NodeProto node, TensorShape? images, TensorShape weights) =>
        Vector256.IsHardwareAccelerated
        && images is [_, _, >= LeastSide, >= LeastSide]
        && UpsampledConvolution.Fits(images[3])
        && weights[0] >= LeastChannels
        && weights[1] >= LeastChannels
        && node.Longs("group") is [1] or []
        && node.Longs("strides") is [2, 2]
        && node.Longs("dilations").All(d => d == 1)
        && node.Longs("pads").All(p => p == 0)
        && node.Longs("output_padding").All(p => p == 0);
}
