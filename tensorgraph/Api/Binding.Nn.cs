using TensorGraph.Graphs;
using TensorGraph.Operations;

namespace TensorGraph;

/// <content>Neural network operations.</content>
public static partial class Binding
{
    public static partial class tf
    {
        /// <summary>Neural network operations, <c>tf.nn</c>; images are NCHW.</summary>
        public static class nn
        {
            /// <summary>2D convolution, as TensorFlow's with <c>data_format='NCHW'</c>.</summary>
            /// <param name="x">Images [N, C, H, W].</param>
            /// <param name="w">Filter [height, width, C, out].</param>
            /// <param name="stride">Step in both directions.</param>
            /// <param name="padding"><c>SAME</c> or <c>VALID</c>.</param>
            /// <param name="name">Name within the current scope.</param>
            public static Tensor conv2d(Tensor x, Tensor w, int stride = 1, string padding = "SAME", string? name = null) =>
                Convolutions.Conv(x, transpose(w, [3, 2, 0, 1]), ConvolutionWindow.Of(x.Shape, w.Shape[0], w.Shape[1], stride, padding), name: name);

            /// <summary>2D transposed convolution, as TensorFlow's: the gradient of <see cref="conv2d"/> for its images.</summary>
            /// <param name="x">Images [N, C, H, W].</param>
            /// <param name="w">Filter [height, width, out, C].</param>
            /// <param name="outputHeight">Height of the result.</param>
            /// <param name="outputWidth">Width of the result.</param>
            /// <param name="stride">Step of the convolution whose gradient it is.</param>
            /// <param name="padding"><c>SAME</c> or <c>VALID</c>.</param>
            /// <param name="name">Name within the current scope.</param>
            public static Tensor conv2d_transpose(
                Tensor x, Tensor w, int outputHeight, int outputWidth, int stride, string padding = "SAME", string? name = null)
            {
                TensorShape output = [x.Shape[0], w.Shape[2], outputHeight, outputWidth];
                ConvolutionWindow window = ConvolutionWindow.Of(output, w.Shape[0], w.Shape[1], stride, padding);
                return Convolutions.ConvTranspose(x, transpose(w, [3, 2, 0, 1]), window, outputHeight, outputWidth, name: name);
            }

            /// <summary>Convolution of each channel with a filter of its own.</summary>
            /// <param name="x">Images [N, C, H, W].</param>
            /// <param name="w">Filters [C, 1, height, width], not flipped (cross-correlation).</param>
            /// <param name="window">Steps and padding.</param>
            /// <param name="name">Name within the current scope.</param>
            public static Tensor depthwise_conv2d(Tensor x, Tensor w, ConvolutionWindow window, string? name = null) =>
                Convolutions.Conv(x, w, window, groups: w.Shape[0], name);

            /// <summary>The gradient of <see cref="depthwise_conv2d"/> for its images, of the given height and width.</summary>
            public static Tensor depthwise_conv2d_transpose(Tensor x, Tensor w, ConvolutionWindow window, int height, int width, string? name = null) =>
                Convolutions.ConvTranspose(x, w, window, height, width, groups: w.Shape[0], name);

            /// <summary>max(x, 0).</summary>
            public static Tensor relu(Tensor x, string? name = null) => Emit.Unary("Relu", x, name);

            /// <summary>x where positive, alpha x elsewhere.</summary>
            public static Tensor leaky_relu(Tensor x, float alpha = 0.2f, string? name = null) =>
                Emit.Unary("LeakyRelu", x, name, new Dictionary<string, object> { ["alpha"] = alpha });

            /// <summary>x where positive, exp(x) - 1 elsewhere.</summary>
            public static Tensor elu(Tensor x, string? name = null) => Emit.Unary("Elu", x, name);

            /// <summary>Scaled exponential linear unit.</summary>
            public static Tensor selu(Tensor x, string? name = null) => Emit.Unary("Selu", x, name);

            /// <summary>log(exp(x) + 1).</summary>
            public static Tensor softplus(Tensor x, string? name = null) => Emit.Unary("Softplus", x, name);

            /// <summary>Largest value of each block of size x size pixels; blocks do not overlap.</summary>
            public static Tensor max_pool(Tensor x, int size = 2, string? name = null) => Convolutions.Pool("MaxPool", x, size, name);

            /// <summary>Mean of each block of size x size pixels; blocks do not overlap.</summary>
            public static Tensor avg_pool(Tensor x, int size = 2, string? name = null) => Convolutions.Pool("AveragePool", x, size, name);

            /// <summary>Repeats each pixel factor x factor times.</summary>
            public static Tensor upsample_nearest(Tensor x, int factor, string? name = null) => Convolutions.UpsampleNearest(x, factor, name);
        }
    }
}
