using Dnnlib.TfLib;
using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace Training.Networks.Layers;

/// <summary>The layers that the reference's networks are made of.</summary>
internal static class NetworkLayers
{
    /// <summary>A weight of the current variable scope, scaled for an equalised learning rate (<c>get_weight</c>).</summary>
    /// <param name="shape">Its shape; the last dimension is the output's.</param>
    /// <param name="gain">Scale of the layer's output.</param>
    /// <param name="lrmul">Learning rate in relation to the rest.</param>
    /// <param name="useWscale">Whether the scale is applied in each run; if not, to the initial values.</param>
    /// <param name="name">Name of the variable.</param>
    internal static Tensor Weight(TensorShape shape, double gain = 1, double lrmul = 1, bool useWscale = true, string name = "weight")
    {
        double fanIn = shape.SkipLast(1).Aggregate(1.0, (n, d) => n * d);
        double heStd = gain / Math.Sqrt(fanIn);
        Variable variable = tf.get_variable(name, shape, s => tf.random_normal(s, stddev: (useWscale ? 1 : heStd) / lrmul));
        return variable * tf.constant(useWscale ? heStd * lrmul : lrmul);
    }

    /// <summary>Product with a weight (<c>dense_layer</c>).</summary>
    internal static Tensor Dense(Tensor x, int fmaps, double gain = 1, double lrmul = 1, bool useWscale = true, string name = "weight")
    {
        Tensor flat = x.Shape.Rank > 2 ? tf.reshape(x, [-1, x.Shape.Skip(1).Aggregate((a, b) => a * b)]) : x;
        return tf.matmul(flat, Weight([flat.Shape[1], fmaps], gain, lrmul, useWscale, name));
    }

    /// <summary>Convolution with a weight (<c>conv2d_layer</c>).</summary>
    /// <param name="x">Images [N, C, H, W].</param>
    /// <param name="fmaps">Channels of the result.</param>
    /// <param name="kernel">Height and width of the filter.</param>
    internal static Tensor Conv(Tensor x, int fmaps, int kernel) => 
        tf.nn.conv2d(x, Weight([kernel, kernel, x.Shape[1], fmaps]), [1, 1, 1, 1], "SAME", "NCHW");

    /// <summary>Convolution of images made twice as large (<c>conv2d_layer(up=True)</c>).</summary>
    /// <inheritdoc cref="ConvDown"/>
    internal static Tensor ConvUp(Tensor x, int fmaps, int kernel, IReadOnlyList<float>? resampleKernel) =>
        UpFirDn2D.UpsampleConv(x, Weight([kernel, kernel, x.Shape[1], fmaps]), resampleKernel);

    /// <summary>Convolution that makes images half as large (<c>conv2d_layer(down=True)</c>).</summary>
    /// <param name="x">Images [N, C, H, W].</param>
    /// <param name="fmaps">Channels of the result.</param>
    /// <param name="kernel">Height and width of the filter.</param>
    /// <param name="resampleKernel">One-dimensional resampling filter; null is a box.</param>
    internal static Tensor ConvDown(Tensor x, int fmaps, int kernel, IReadOnlyList<float>? resampleKernel) =>
        UpFirDn2D.ConvDownsample(x, Weight([kernel, kernel, x.Shape[1], fmaps]), resampleKernel);

    /// <summary>A bias of the current variable scope.</summary>
    internal static Tensor Bias(int channels, double lrmul = 1, string name = "bias")
    {
        Variable variable = tf.get_variable(name, [channels], s => tf.zeros(s));
        return lrmul == 1 ? variable.Value : variable * tf.constant(lrmul);
    }

    /// <summary>Bias and activation (<c>apply_bias_act</c>).</summary>
    /// <param name="x">Float32 [N, C] or [N, C, H, W].</param>
    /// <param name="activation">Name of the activation.</param>
    /// <param name="lrmul">Learning rate of the bias in relation to the rest.</param>
    /// <param name="gain">Scale of the result; the activation's own if left out.</param>
    /// <param name="clamp">Limit of the result in either direction; null sets none.</param>
    internal static Tensor BiasAct(Tensor x, string activation = "linear", double lrmul = 1, double? gain = null, double? clamp = null)
    {
        Tensor y = Activation.Of(activation).WithBias(x, Bias(x.Shape[1], lrmul), gain);
        return clamp is { } limit ? tf.clip_by_value(y, -limit, limit) : y;
    }

    /// <summary>Convolution whose weights a style scales (<c>modulated_conv2d_layer</c>).</summary>
    /// <remarks>
    /// Scaling the images by s before and by d after a convolution with constant weights is the same as scaling the weights, and computes
    /// nothing of the weights' size in
    /// a run: d = rsqrt(s^2 sum(w^2) + 1e-8), the sum over the filter's height and width.
    /// </remarks>
    /// <param name="x">Images [N, C, H, W].</param>
    /// <param name="style">Disentangled latents [N, size].</param>
    /// <param name="fmaps">Channels of the result.</param>
    /// <param name="kernel">Height and width of the filter.</param>
    /// <param name="up">Whether images are enlarged by 2.</param>
    /// <param name="demodulate">Whether the result is brought to unit variance.</param>
    /// <param name="resampleKernel">One-dimensional resampling filter; null repeats pixels.</param>
    internal static Tensor ModulatedConv(
        Tensor x, Tensor style, int fmaps, int kernel, bool up = false, bool demodulate = true, IReadOnlyList<float>? resampleKernel = null)
    {
        int channels = x.Shape[1];
        Tensor w = Weight([kernel, kernel, channels, fmaps]);
        Tensor s = Dense(style, channels, name: "mod_weight") + (Bias(channels, name: "mod_bias") + 1.0);
        Tensor scaled = x * PerChannel(s);
        Tensor y = up ? UpFirDn2D.UpsampleConv(scaled, w, resampleKernel) : tf.nn.conv2d(scaled, w, [1, 1, 1, 1], "SAME", "NCHW");
        return demodulate ? y * PerChannel(Demodulation(s, w)) : y;
    }

    /// <summary>Brings the features of each sample, or of each of its pixels, to a mean square of 1.</summary>
    internal static Tensor PixelNorm(Tensor x) => x * tf.rsqrt(tf.reduce_mean(tf.square(x), [1], keepdims: true) + 1e-8);

    /// <summary>Adds feature maps that tell how much the samples of a group differ (<c>minibatch_stddev_layer</c>).</summary>
    /// <param name="x">Images [N, C, H, W], N divisible by the size of a group, or below it.</param>
    /// <param name="groupSize">Samples in a group; up to 1 leaves the images as they are.</param>
    /// <param name="newFeatures">Feature maps added, each from C / count of the images' own.</param>
    internal static Tensor MinibatchStddev(Tensor x, int groupSize, int newFeatures)
    {
        if (groupSize <= 1 || newFeatures == 0)
        {
            return x;
        }

        using NameScope scope = tf.name_scope("MinibatchStddev");
        int channels = x.Shape[1] / newFeatures, height = x.Shape[2], width = x.Shape[3];
        Tensor group = tf.minimum(SampleCount(x), tf.constant(new long[] { groupSize }));
        Tensor grouped = tf.concat([group, tf.constant(new long[] { -1, newFeatures, channels, height, width })], 0);
        Tensor y = tf.reshape(x, grouped);
        y -= tf.reduce_mean(y, [0], keepdims: true);
        y = tf.sqrt(tf.reduce_mean(tf.square(y), [0]) + 1e-8);
        y = tf.reshape(tf.reduce_mean(y, [2, 3, 4]), [-1, newFeatures, 1, 1]);
        Tensor repeated = tf.concat([group, SampleCount(y), tf.constant(new long[] { newFeatures, height, width })], 0);
        y = tf.broadcast_to(y, repeated);
        return tf.concat([x, tf.reshape(y, [x.Shape[0], newFeatures, height, width])], 1);
    }

    /// <summary>The style of a layer: [N, size] of W, [N, layers, size].</summary>
    internal static Tensor Style(Tensor dlatents, int layer) =>
        tf.reshape(tf.slice(dlatents, [0, layer, 0], [-1, 1, -1]), [-1, dlatents.Shape[2]]);

    /// <summary>Features [1, C, H, W] for each of the samples that a tensor has.</summary>
    internal static Tensor RepeatForSamples(Tensor features, Tensor samples)
    {
        TensorShape one = features.Shape;
        Tensor shape = tf.concat([SampleCount(samples), tf.constant(new long[] { one[1], one[2], one[3] })], 0);
        return tf.broadcast_to(features, shape);
    }

    /// <summary>The number of samples as a vector of one element, a part of a shape.</summary>
    internal static Tensor SampleCount(Tensor x) => tf.slice(tf.shape(x, out_type: tf.int64), [0], [1]);

    /// <summary>[N, C] as [N, C, 1, 1].</summary>
    internal static Tensor PerChannel(Tensor x) => tf.reshape(x, [-1, x.Shape[1], 1, 1]);

    private static Tensor Demodulation(Tensor s, Tensor w) => tf.rsqrt(tf.matmul(tf.square(s), tf.reduce_sum(tf.square(w), [0, 1])) + 1e-8);
}
