using TensorGraph.Graphs;

namespace TensorGraph.Operations;

/// <summary>ONNX's convolutions, with their shapes.</summary>
internal static class Convolutions
{
    /// <summary>Cross-correlation of [N, C, H, W] with weights [out, C / groups, h, w].</summary>
    internal static Tensor Conv(Tensor x, Tensor w, ConvolutionWindow window, int groups = 1, string? name = null)
    {
        if (x.Shape.Rank != 4 || w.Shape.Rank != 4 || (x.Shape[1] >= 0 && x.Shape[1] != w.Shape[1] * groups) || w.Shape[0] % groups != 0)
        {
            throw new ArgumentException($"Conv: images {x} do not fit weights {w} in {groups} groups");
        }

        int height = window.OutputHeight(x.Shape[2], w.Shape[2]), width = window.OutputWidth(x.Shape[3], w.Shape[3]);
        TensorShape shape = [x.Shape[0], w.Shape[0], height, width];
        return Emit.Node("Conv", [x, w], x.DType, shape, name, Attributes(window, w, groups));
    }

    /// <summary>
    /// The gradient of <see cref="Conv"/> for its images, of the given height and width; weights are [C, out / groups, h, w].
    /// </summary>
    internal static Tensor ConvTranspose(
        Tensor x, Tensor w, ConvolutionWindow window, int height, int width, int groups = 1, string? name = null)
    {
        if (x.Shape.Rank != 4 || w.Shape.Rank != 4 || (x.Shape[1] >= 0 && x.Shape[1] != w.Shape[0]))
        {
            throw new ArgumentException($"ConvTranspose: images {x} do not fit weights {w}");
        }

        Dictionary<string, object> attributes = Attributes(window, w, groups);
        attributes["output_padding"] = new long[]
        {
            height - Extent(x.Shape[2], w.Shape[2], window.StrideY, window.Top + window.Bottom, window.DilationY),
            width - Extent(x.Shape[3], w.Shape[3], window.StrideX, window.Left + window.Right, window.DilationX),
        };
        return Emit.Node("ConvTranspose", [x, w], x.DType, [x.Shape[0], w.Shape[1] * groups, height, width], name, attributes);
    }

    /// <summary>The window that a convolution's attributes describe.</summary>
    internal static ConvolutionWindow WindowOf(Operation operation)
    {
        long[] strides = operation.Attribute<long[]>("strides");
        long[] pads = operation.Attribute<long[]>("pads");
        long[] dilations = operation.Attribute<long[]>("dilations");
        return new ConvolutionWindow(
            (int)strides[0], (int)strides[1], (int)pads[0], (int)pads[1], (int)pads[2], (int)pads[3], (int)dilations[0], (int)dilations[1]);
    }

    private static int Extent(int size, int filter, int stride, int padding, int dilation) =>
        size < 0
            ? throw new ArgumentException("ConvTranspose: the height and width of the images must be known")
            : stride * (size - 1) + dilation * (filter - 1) + 1 - padding;

    private static Dictionary<string, object> Attributes(ConvolutionWindow window, Tensor w, int groups) => new()
    {
        ["strides"] = new long[] { window.StrideY, window.StrideX },
        ["pads"] = new long[] { window.Top, window.Left, window.Bottom, window.Right },
        ["dilations"] = new long[] { window.DilationY, window.DilationX },
        ["kernel_shape"] = new long[] { w.Shape[2], w.Shape[3] },
        ["group"] = (long)groups,
    };
}
