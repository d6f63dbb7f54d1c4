using TensorGraph.Graphs;

namespace TensorGraph.Operations;

/// <summary>How a convolution's filter moves over images: steps, dilations and zero padding.</summary>
/// <param name="StrideY">Vertical step.</param>
/// <param name="StrideX">Horizontal step.</param>
/// <param name="Top">Zero rows added above.</param>
/// <param name="Left">Zero columns added on the left.</param>
/// <param name="Bottom">Zero rows added below.</param>
/// <param name="Right">Zero columns added on the right.</param>
/// <param name="DilationY">Vertical distance of filter taps.</param>
/// <param name="DilationX">Horizontal distance of filter taps.</param>
internal sealed record ConvolutionWindow(
    int StrideY = 1, int StrideX = 1, int Top = 0, int Left = 0, int Bottom = 0, int Right = 0, int DilationY = 1, int DilationX = 1)
{
    /// <summary>TensorFlow's SAME or VALID padding for images [N, C, H, W] and a filter [height, width, ...].</summary>
    /// <exception cref="ArgumentException">The padding has another name, or SAME is asked of images of unknown size.</exception>
    internal static ConvolutionWindow Of(TensorShape images, TensorShape filter, int strideY, int strideX, string padding)
    {
        switch (padding)
        {
            case "VALID":
                return new ConvolutionWindow(strideY, strideX);
            case "SAME":
                int vertical = SamePadding(images[2], filter[0], strideY);
                int horizontal = SamePadding(images[3], filter[1], strideX);
                return new ConvolutionWindow(
                    strideY, strideX, vertical / 2, horizontal / 2, vertical - vertical / 2, horizontal - horizontal / 2);
            default:
                throw new ArgumentException($"padding is {padding}; it must be SAME or VALID", nameof(padding));
        }
    }

    internal int OutputHeight(int height, int filter) => OutputSize(height, filter, StrideY, Top + Bottom, DilationY);

    internal int OutputWidth(int width, int filter) => OutputSize(width, filter, StrideX, Left + Right, DilationX);

    private static int OutputSize(int size, int filter, int stride, int padding, int dilation) =>
        size < 0 ? -1 : (size + padding - (dilation * (filter - 1) + 1)) / stride + 1;

    private static int SamePadding(int size, int filter, int stride) =>
        size < 0 && stride > 1
            ? throw new ArgumentException("a strided convolution with SAME padding needs images of known size")
            : Math.Max(0, ((size < 0 ? 0 : (size + stride - 1) / stride - 1) * stride) + filter - (size < 0 ? 1 : size));
}
