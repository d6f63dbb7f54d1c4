using TensorGraph.Graphs;

namespace TensorGraph.Operations;

/// <summary>Operations on images with TensorFlow's strides, padding and data format.</summary>
internal static class Images
{
    /// <summary>2D convolution with a filter [height, width, C, out] (<c>tf.nn.conv2d</c>).</summary>
    internal static Tensor Conv2D(Tensor images, Tensor filter, int[] strides, string padding, string dataFormat, string? name = null)
    {
        DataFormat format = DataFormat.Of(dataFormat);
        (int strideY, int strideX) = format.HeightAndWidth(strides, nameof(strides));
        return format.Apply(images, x =>
        {
            ConvolutionWindow window = ConvolutionWindow.Of(x.Shape, filter.Shape, strideY, strideX, padding);
            return Convolutions.Conv(x, Arrays.Transpose(filter, [3, 2, 0, 1]), window, name: name);
        });
    }

    /// <summary>
    /// The gradient of <see cref="Conv2D"/> for its images, with a filter [height, width, out, C] (<c>tf.nn.conv2d_transpose</c>).
    /// </summary>
    internal static Tensor Conv2DTranspose(
        Tensor images, Tensor filter, TensorShape outputShape, int[] strides, string padding, string dataFormat, string? name = null)
    {
        DataFormat format = DataFormat.Of(dataFormat);
        (int strideY, int strideX) = format.HeightAndWidth(strides, nameof(strides));
        (int channels, int height, int width) = outputShape switch
        {
            [_, int h, int w, int c] when format.ChannelsLast => (c, h, w),
            [_, int c, int h, int w] => (c, h, w),
            _ => throw new ArgumentException($"output_shape is {outputShape}; it must have four dimensions", nameof(outputShape)),
        };
        if (channels != filter.Shape[2] || !outputShape.IsCompatibleWith([images.Shape[0], -1, -1, -1]))
        {
            throw new ArgumentException(
                $"output_shape {outputShape} does not fit images {images} and filter {filter}", nameof(outputShape));
        }

        return format.Apply(images, x =>
        {
            ConvolutionWindow window = ConvolutionWindow.Of([x.Shape[0], channels, height, width], filter.Shape, strideY, strideX, padding);
            return Convolutions.ConvTranspose(x, Arrays.Transpose(filter, [3, 2, 0, 1]), window, height, width, name: name);
        });
    }

    /// <summary>ONNX's MaxPool or AveragePool (<c>tf.nn.max_pool</c>, <c>tf.nn.avg_pool</c>).</summary>
    /// <exception cref="NotSupportedException">Blocks overlap, leave gaps, or reach over the edges.</exception>
    internal static Tensor Pool(
        string type, Tensor images, int[] size, int[] strides, string padding, string dataFormat, string? name = null)
    {
        DataFormat format = DataFormat.Of(dataFormat);
        (int height, int width) = format.HeightAndWidth(size, "ksize");
        if ((height, width) != format.HeightAndWidth(strides, nameof(strides)))
        {
            throw new NotSupportedException(
                $"{type}: ksize is [{string.Join(", ", size)}] and strides are [{string.Join(", ", strides)}]; they must be the same");
        }

        return format.Apply(images, x =>
            padding == "VALID" || (padding == "SAME" && IsMultiple(x.Shape[2], height) && IsMultiple(x.Shape[3], width))
                ? Pools.Pool(type, x, height, width, name)
                : throw new NotSupportedException(
                    $"{type}: with padding {padding}, blocks of {height} x {width} pixels may reach over the edges of {x}; use VALID"));
    }

    private static bool IsMultiple(int dim, int size) => dim >= 0 && dim % size == 0;
}
