using TensorGraph.Graphs;
using TensorGraph.Operations;
using static TensorGraph.Binding;

namespace Dnnlib.TfLib;

/// <summary>
/// Resampling with FIR filters (<c>dnnlib.tflib.ops.upfirdn_2d</c>): zero-stuff, pad or crop, convolve, decimate. Images are NCHW.
/// </summary>
/// <remarks>
/// Amounts of padding are halved by shifts, which round down as Python's <c>//</c> does where short filters make them negative.
/// </remarks>
public static class UpFirDn2D
{
    /// <summary>Pads (or, with negative amounts, crops) and convolves each channel with a filter.</summary>
    /// <param name="x">Images [N, C, H, W].</param>
    /// <param name="kernel">The filter.</param>
    /// <param name="pad0">Zeros above and on the left.</param>
    /// <param name="pad1">Zeros below and on the right.</param>
    /// <param name="down">Step between the pixels that are kept.</param>
    public static Tensor Filter(Tensor x, FilterKernel kernel, int pad0, int pad1, int down = 1)
    {
        Tensor cropped = Arrays.Pad(x, [(0, 0), (0, 0), (Math.Min(0, pad0), Math.Min(0, pad1)), (Math.Min(0, pad0), Math.Min(0, pad1))]);
        int before = Math.Max(0, pad0), after = Math.Max(0, pad1);
        Tensor taps = tf.constant(kernel.ForChannels(x.Shape[1], flipped: true));
        return Convolutions.Conv(cropped, taps, new ConvolutionWindow(down, down, before, before, after, after), groups: x.Shape[1]);
    }

    /// <summary>Enlarges images: each pixel is followed by zeros, the result filtered (<c>upsample_2d</c>).</summary>
    /// <param name="x">Images [N, C, H, W].</param>
    /// <param name="taps">One-dimensional filter; null repeats pixels.</param>
    /// <param name="factor">By how much.</param>
    /// <param name="gain">Scale of the result.</param>
    public static Tensor Upsample(Tensor x, IReadOnlyList<float>? taps, int factor = 2, double gain = 1)
    {
        FilterKernel kernel = FilterKernel.FromTaps(taps ?? Box(factor), gain * factor * factor);
        int p = kernel.Size - factor;
        return UpsampleFiltered(x, kernel, factor, ((p + 1) >> 1) + factor - 1);
    }

    /// <summary>Reduces images: filtered, then every factor-th pixel kept (<c>downsample_2d</c>).</summary>
    /// <inheritdoc cref="Upsample"/>
    public static Tensor Downsample(Tensor x, IReadOnlyList<float>? taps, int factor = 2, double gain = 1)
    {
        FilterKernel kernel = FilterKernel.FromTaps(taps ?? Box(factor), gain);
        int p = kernel.Size - factor;
        return Filter(x, kernel, (p + 1) >> 1, p >> 1, factor);
    }

    /// <summary>Convolves images enlarged by a factor, with the filter applied after (<c>upsample_conv_2d</c>).</summary>
    /// <param name="x">Images [N, C, H, W].</param>
    /// <param name="w">Weights [height, width, C, out].</param>
    /// <param name="taps">One-dimensional filter; null repeats pixels.</param>
    /// <param name="factor">By how much.</param>
    /// <param name="gain">Scale of the result.</param>
    public static Tensor UpsampleConv(Tensor x, Tensor w, IReadOnlyList<float>? taps, int factor = 2, double gain = 1)
    {
        int size = w.Shape[0];
        FilterKernel kernel = FilterKernel.FromTaps(taps ?? Box(factor), gain * factor * factor);
        int p = kernel.Size - factor - (size - 1);
        Tensor flipped = tf.reverse(tf.transpose(w, [0, 1, 3, 2]), [0, 1]);
        Tensor enlarged = tf.nn.conv2d_transpose(
            x,
            flipped,
            [x.Shape[0], flipped.Shape[2], ((x.Shape[2] - 1) * factor) + size, ((x.Shape[3] - 1) * factor) + size],
            [1, 1, factor, factor],
            "VALID",
            "NCHW");
        return Filter(enlarged, kernel, ((p + 1) >> 1) + factor - 1, (p >> 1) + 1);
    }

    /// <summary>Filters images, then convolves them with a step (<c>conv_downsample_2d</c>).</summary>
    /// <inheritdoc cref="UpsampleConv"/>
    public static Tensor ConvDownsample(Tensor x, Tensor w, IReadOnlyList<float>? taps, int factor = 2, double gain = 1)
    {
        FilterKernel kernel = FilterKernel.FromTaps(taps ?? Box(factor), gain);
        int p = kernel.Size - factor + (w.Shape[0] - 1);
        return tf.nn.conv2d(Filter(x, kernel, (p + 1) >> 1, p >> 1), w, [1, 1, factor, factor], "VALID", "NCHW");
    }

    /// <summary>Zero-stuffing and convolution in one transposed convolution, of which the part that padding leaves is kept.</summary>
    private static Tensor UpsampleFiltered(Tensor x, FilterKernel kernel, int factor, int pad0)
    {
        int begin = kernel.Size - 1 - pad0;
        int height = x.Shape[2] * factor, width = x.Shape[3] * factor;
        int end = (factor * (x.Shape[2] - 1)) + kernel.Size - begin - height;
        Tensor taps = tf.constant(kernel.ForChannels(x.Shape[1], flipped: false));
        ConvolutionWindow window = new(factor, factor, Math.Max(0, begin), Math.Max(0, begin), Math.Max(0, end), Math.Max(0, end));
        int missing = Math.Max(0, -begin) + Math.Max(0, -end);
        Tensor filtered = Convolutions.ConvTranspose(x, taps, window, height - missing, width - missing, groups: x.Shape[1]);
        return tf.pad(filtered, [(0, 0), (0, 0), (Math.Max(0, -begin), Math.Max(0, -end)), (Math.Max(0, -begin), Math.Max(0, -end))]);
    }

    private static float[] Box(int factor) => [.. Enumerable.Repeat(1f, factor)];
}
