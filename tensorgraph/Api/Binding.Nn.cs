using TensorGraph.Graphs;
using TensorGraph.Operations;

namespace TensorGraph;

/// <content>Neural network operations.</content>
public static partial class Binding
{
    public static partial class tf
    {
        /// <summary>
        /// Neural network operations, <c>tf.nn</c>. Images are NHWC as in TensorFlow unless <c>data_format</c> is <c>NCHW</c>, which needs
        /// no transposes.
        /// </summary>
        public static class nn
        {
            /// <summary>2D convolution.</summary>
            /// <param name="input">Images [N, H, W, C] or [N, C, H, W].</param>
            /// <param name="filter">[height, width, C, out].</param>
            /// <param name="strides">Steps in the order of the images' dimensions, or one or two for height and width.</param>
            /// <param name="padding"><c>SAME</c> or <c>VALID</c>.</param>
            /// <param name="data_format"><c>NHWC</c> or <c>NCHW</c>.</param>
            /// <param name="name">Name within the current scope.</param>
            public static Tensor conv2d(
                Tensor input, Tensor filter, int[] strides, string padding, string data_format = "NHWC", string? name = null) =>
                Images.Conv2D(input, filter, strides, padding, data_format, name);

            /// <summary>2D transposed convolution: the gradient of <see cref="conv2d"/> for its images.</summary>
            /// <param name="value">Images [N, H, W, C] or [N, C, H, W].</param>
            /// <param name="filter">[height, width, out, C].</param>
            /// <param name="output_shape">Shape of the result; -1 for as many samples as the images.</param>
            /// <param name="strides">Steps of the convolution whose gradient it is, in the order of the images' dimensions, or one or two
            /// for height and width.</param>
            /// <param name="padding"><c>SAME</c> or <c>VALID</c>.</param>
            /// <param name="data_format"><c>NHWC</c> or <c>NCHW</c>.</param>
            /// <param name="name">Name within the current scope.</param>
            public static Tensor conv2d_transpose(
                Tensor value,
                Tensor filter,
                TensorShape output_shape,
                int[] strides,
                string padding = "SAME",
                string data_format = "NHWC",
                string? name = null) =>
                Images.Conv2DTranspose(value, filter, output_shape, strides, padding, data_format, name);

            /// <summary>Largest value of each block of pixels. Blocks do not overlap: strides are the same as the size.</summary>
            /// <param name="value">Images [N, H, W, C] or [N, C, H, W].</param>
            /// <param name="ksize">Size of blocks in the order of the images' dimensions, or one or two for height and width.</param>
            /// <param name="strides">The same as <paramref name="ksize"/>.</param>
            /// <param name="padding"><c>VALID</c>, or <c>SAME</c> where blocks fill the images.</param>
            /// <param name="data_format"><c>NHWC</c> or <c>NCHW</c>.</param>
            /// <param name="name">Name within the current scope.</param>
            /// <exception cref="NotSupportedException">Blocks overlap, leave gaps, or reach over the edges.</exception>
            public static Tensor max_pool(
                Tensor value, int[] ksize, int[] strides, string padding, string data_format = "NHWC", string? name = null) =>
                Images.Pool("MaxPool", value, ksize, strides, padding, data_format, name);

            /// <summary>Mean of each block of pixels. Blocks do not overlap: strides are the same as the size.</summary>
            /// <inheritdoc cref="max_pool"/>
            public static Tensor avg_pool(
                Tensor value, int[] ksize, int[] strides, string padding, string data_format = "NHWC", string? name = null) =>
                Images.Pool("AveragePool", value, ksize, strides, padding, data_format, name);

            /// <summary>max(x, 0).</summary>
            public static Tensor relu(Tensor features, string? name = null) => Emit.Unary("Relu", features, name);

            /// <summary>x where positive, alpha x elsewhere.</summary>
            public static Tensor leaky_relu(Tensor features, double alpha = 0.2, string? name = null) =>
                Emit.Unary("LeakyRelu", features, name, new() { ["alpha"] = (float)alpha });

            /// <summary>x where positive, exp(x) - 1 elsewhere.</summary>
            public static Tensor elu(Tensor features, string? name = null) => Emit.Unary("Elu", features, name);

            /// <summary>Scaled exponential linear unit.</summary>
            public static Tensor selu(Tensor features, string? name = null) => Emit.Unary("Selu", features, name);

            /// <summary>log(exp(x) + 1).</summary>
            public static Tensor softplus(Tensor features, string? name = null) => Emit.Unary("Softplus", features, name);
        }
    }
}
