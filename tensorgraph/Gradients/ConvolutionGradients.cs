using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Operations;

namespace TensorGraph.Gradients;

/// <summary>Gradients of convolutions and pools, again as convolutions and pools.</summary>
internal static class ConvolutionGradients
{
    /// <summary>
    /// With stride 1, a convolution with the flipped filters, which runs faster than a transposed one and prepacks where weights are
    /// constant.
    /// </summary>
    internal static Tensor ForImages(Operation op, Tensor dy)
    {
        Tensor x = op.Inputs[0], w = op.Inputs[1];
        ConvolutionWindow window = Convolutions.WindowOf(op);
        int groups = (int)op.Attribute<long>("group");
        if (window is not { StrideY: 1, StrideX: 1, DilationY: 1, DilationX: 1 })
        {
            return Convolutions.ConvTranspose(dy, w, window, x.Shape[2], x.Shape[3], groups);
        }

        ConvolutionWindow mirrored = new(
            Top: w.Shape[2] - 1 - window.Top,
            Left: w.Shape[3] - 1 - window.Left,
            Bottom: w.Shape[2] - 1 - window.Bottom,
            Right: w.Shape[3] - 1 - window.Right);
        Tensor padded = CropForNegative(dy, ref mirrored);
        return Convolutions.Conv(padded, SwapChannels(Arrays.Reverse(w, [2, 3]), groups), mirrored, groups);
    }

    internal static Tensor ForWeights(Operation op, Tensor dy)
    {
        ConvolutionWindow window = Convolutions.WindowOf(op);
        return Correlate(op.Inputs[0], dy, op.Inputs[1].Shape, window, (int)op.Attribute<long>("group"));
    }

    internal static Tensor ForTransposedImages(Operation op, Tensor dy) =>
        Convolutions.Conv(dy, op.Inputs[1], Convolutions.WindowOf(op), (int)op.Attribute<long>("group"));

    internal static Tensor ForTransposedWeights(Operation op, Tensor dy)
    {
        ConvolutionWindow window = Convolutions.WindowOf(op);
        return Correlate(dy, op.Inputs[0], op.Inputs[1].Shape, window, (int)op.Attribute<long>("group"));
    }

    /// <summary>
    /// The gradient goes to the largest pixel of each block, to the first of several that are equal, as in TensorFlow's CPU kernel.
    /// </summary>
    internal static Tensor MaxPool(Operation op, Tensor dy)
    {
        Tensor x = op.Inputs[0];
        int size = (int)op.Attribute<long[]>("kernel_shape")[0];
        Tensor below = Pools.UpsampleNearest(op.Output, size) - CropToBlocks(x, size);

        // The pixels of a block rank by their place in it; all that are smaller than the largest rank behind.
        Tensor rank = RanksInBlocks(below, size) - (Elementwise.Step(below) * (double)(size * size));
        Tensor behind = Pools.UpsampleNearest(Pools.Pool("MaxPool", rank, size, size), size) - rank;
        Tensor chosen = Elementwise.StopGradient(1.0 - Elementwise.Step(behind));
        return PadFromBlocks(Pools.UpsampleNearest(dy, size) * chosen, x, size);
    }

    internal static Tensor AveragePool(Operation op, Tensor dy)
    {
        int size = (int)op.Attribute<long[]>("kernel_shape")[0];
        return PadFromBlocks(Pools.UpsampleNearest(dy * (1.0 / (size * size)), size), op.Inputs[0], size);
    }

    internal static Tensor UpsampleNearest(Operation op, Tensor dy)
    {
        int factor = (int)op.Inputs[2].Operation.Attribute<NDArray>("value").GetAtIndex<float>(2);
        return Pools.Average(dy, factor) * (double)(factor * factor);
    }

    /// <summary>
    /// The gradient of a convolution of images with filters of a given shape, for the filters: images and gradient change roles, samples
    /// become
    /// channels, and the stride becomes the distance of the taps.
    /// </summary>
    private static Tensor Correlate(Tensor images, Tensor gradient, TensorShape filters, ConvolutionWindow window, int groups)
    {
        ConvolutionWindow exchanged = window with
        {
            StrideY = window.DilationY,
            StrideX = window.DilationX,
            DilationY = window.StrideY,
            DilationX = window.StrideX,
        };
        Tensor samplesAsChannels = SamplesAsChannels(images, groups);
        Tensor asFilters = Arrays.Transpose(gradient, [1, 0, 2, 3]);
        Tensor taps = Convolutions.Conv(samplesAsChannels, asFilters, exchanged, groups);
        return Arrays.Transpose(Arrays.SliceAxes(taps, [2, 3], [0, 0], [filters[2], filters[3]]), [1, 0, 2, 3]);
    }

    /// <summary>[N, groups * C, H, W] to [C, groups * N, H, W].</summary>
    private static Tensor SamplesAsChannels(Tensor x, int groups)
    {
        if (groups == 1)
        {
            return Arrays.Transpose(x, [1, 0, 2, 3]);
        }

        int samples = x.Shape[0], channels = x.Shape[1] / groups;
        if (samples < 0)
        {
            throw new NotSupportedException(
                $"the gradient for the filters of a grouped convolution needs the number of samples of {x} to be known");
        }

        Tensor split = Shapes.Reshape(x, [samples, groups, channels, x.Shape[2], x.Shape[3]]);
        return Shapes.Reshape(Arrays.Transpose(split, [2, 1, 0, 3, 4]), [channels, groups * samples, x.Shape[2], x.Shape[3]]);
    }

    /// <summary>[groups * out, in, h, w] to [groups * in, out, h, w].</summary>
    private static Tensor SwapChannels(Tensor w, int groups)
    {
        if (groups == 1)
        {
            return Arrays.Transpose(w, [1, 0, 2, 3]);
        }

        int outputs = w.Shape[0] / groups, inputs = w.Shape[1], height = w.Shape[2], width = w.Shape[3];
        Tensor split = Arrays.Transpose(Shapes.Reshape(w, [groups, outputs, inputs, height, width]), [0, 2, 1, 3, 4]);
        return Shapes.Reshape(split, [groups * inputs, outputs, height, width]);
    }

    /// <summary>
    /// A filter that was padded by more than its own size less one: the gradient is cropped, since padding cannot be negative.
    /// </summary>
    private static Tensor CropForNegative(Tensor dy, ref ConvolutionWindow window)
    {
        int top = Math.Min(0, window.Top), left = Math.Min(0, window.Left);
        int bottom = Math.Min(0, window.Bottom), right = Math.Min(0, window.Right);
        window = window with
        {
            Top = window.Top - top,
            Left = window.Left - left,
            Bottom = window.Bottom - bottom,
            Right = window.Right - right,
        };
        return Arrays.Pad(dy, [(0, 0), (0, 0), (top, bottom), (left, right)]);
    }

    /// <summary>For each pixel, how many pixels of its block are at its place or after it, row by row.</summary>
    private static Tensor RanksInBlocks(Tensor images, int size)
    {
        float[] ranks = [.. Enumerable.Range(0, size * size).Select(place => (float)((size * size) - place))];
        Tensor block = Emit.Constant(images.Graph, ranks.ToNDArray(1, 1, size, size));
        return Emit.Cast(Arrays.Tile(block, [1, 1, images.Shape[2] / size, images.Shape[3] / size]), images.DType);
    }

    private static Tensor CropToBlocks(Tensor x, int size) =>
        Arrays.Pad(x, [(0, 0), (0, 0), (0, -(x.Shape[2] % size)), (0, -(x.Shape[3] % size))]);

    private static Tensor PadFromBlocks(Tensor dx, Tensor x, int size) =>
        Arrays.Pad(dx, [(0, 0), (0, 0), (0, x.Shape[2] % size), (0, x.Shape[3] % size)]);
}
