using Dnnlib;
using Dnnlib.TfLib;
using TensorGraph.Graphs;
using TensorGraph.Operations;
using Training.Networks.Layers;
using static TensorGraph.Binding;

namespace Training.Networks.StyleGan;

/// <summary>
/// The layers of StyleGAN's first generation, where they differ from the second's: the gain is the weights', and resampling is nearest and
/// blurred.
/// </summary>
internal sealed class StyleGanLayers
{
    private const int FusedSide = 128;

    private readonly string _nonlinearity;
    private readonly bool _useWscale;
    private readonly bool? _fusedScale;
    private readonly float[]? _blurFilter;

    /// <summary>Layers with a network's settings.</summary>
    /// <param name="kwargs">The settings.</param>
    /// <param name="nonlinearity">The activation.</param>
    internal StyleGanLayers(EasyDict kwargs, string nonlinearity)
    {
        _nonlinearity = nonlinearity;
        _useWscale = Settings.UseWscale.Of(kwargs, true);
        _fusedScale = Settings.FusedScale.Of(kwargs, "auto") as bool?;
        _blurFilter = Settings.BlurFilter.Of(kwargs, [1, 2, 1]);
        Gain = Activation.Of(_nonlinearity).DefaultGain;
    }

    /// <summary>The gain of weights before an activation.</summary>
    internal double Gain { get; }

    /// <summary>Product with a weight (<c>dense</c>).</summary>
    internal Tensor Dense(Tensor x, int fmaps, double lrmul = 1, double? gain = null) =>
        NetworkLayers.Dense(x, fmaps, gain ?? Gain, lrmul, useWscale: _useWscale);

    /// <summary>Convolution with a weight (<c>conv2d</c>).</summary>
    internal Tensor Conv(Tensor x, int fmaps, int kernel, double? gain = null) => 
        tf.nn.conv2d(x, ConvWeight(x, fmaps, kernel, gain ?? Gain), [1, 1, 1, 1], "SAME", "NCHW");

    /// <summary>Bias and activation; the gain is already in the weight.</summary>
    internal Tensor Activated(Tensor x, double lrmul = 1) => NetworkLayers.BiasAct(x, _nonlinearity, lrmul, gain: 1);

    /// <summary>Convolution of images made twice as large (<c>upscale2d_conv2d</c>).</summary>
    /// <remarks>
    /// Fused, it is a transposed convolution, which has the filter the other way round: a network keeps the form that it was trained with.
    /// </remarks>
    internal Tensor UpscaleConv(Tensor x, int fmaps, int kernel)
    {
        int height = x.Shape[2] * 2, width = x.Shape[3] * 2;
        if (!(_fusedScale ?? Math.Min(height, width) >= FusedSide))
        {
            return Conv(Pools.UpsampleNearest(x, 2), fmaps, kernel);
        }

        Tensor w = tf.transpose(Doubled(ConvWeight(x, fmaps, kernel, Gain)), [0, 1, 3, 2]);
        return tf.nn.conv2d_transpose(x, w, [x.Shape[0], fmaps, height, width], [1, 1, 2, 2], "SAME", "NCHW");
    }

    /// <summary>Convolution that makes images half as large (<c>conv2d_downscale2d</c>).</summary>
    internal Tensor ConvDownscale(Tensor x, int fmaps, int kernel)
    {
        bool fused = _fusedScale ?? Math.Min(x.Shape[2], x.Shape[3]) >= FusedSide;
        return fused
            ? tf.nn.conv2d(x, Doubled(ConvWeight(x, fmaps, kernel, Gain)) * 0.25, [1, 1, 2, 2], "SAME", "NCHW")
            : tf.nn.avg_pool(Conv(x, fmaps, kernel), [1, 1, 2, 2], [1, 1, 2, 2], "VALID", "NCHW");
    }

    /// <summary>Filters images by the network's blur filter, if it has one (<c>blur2d</c>).</summary>
    internal Tensor Blur(Tensor x)
    {
        if (_blurFilter is null)
        {
            return x;
        }

        using NameScope scope = tf.name_scope("Blur2D");
        int padding = _blurFilter.Length - 1;
        return UpFirDn2D.Filter(x, FilterKernel.FromTaps([.. _blurFilter.Reverse()]), padding / 2, padding - (padding / 2));
    }

    /// <summary>Scales and shifts each feature map as a style says (<c>style_mod</c>).</summary>
    internal Tensor StyleMod(Tensor x, Tensor dlatent)
    {
        using IDisposable scope = tf.variable_scope("StyleMod");
        int channels = x.Shape[1];
        Tensor style = NetworkLayers.BiasAct(Dense(dlatent, channels * 2, gain: 1));
        Tensor scale = tf.slice(style, [0, 0], [-1, channels]), shift = tf.slice(style, [0, channels], [-1, channels]);
        return (x * NetworkLayers.PerChannel(scale + 1)) + NetworkLayers.PerChannel(shift);
    }

    /// <summary>Adds noise, scaled for each feature map (<c>apply_noise</c>).</summary>
    /// <param name="x">Images [N, C, H, W].</param>
    /// <param name="noise">[1, 1, H, W] or [N, 1, H, W].</param>
    internal static Tensor Noise(Tensor x, Tensor noise)
    {
        using IDisposable scope = tf.variable_scope("Noise");
        Variable weight = tf.get_variable("weight", [x.Shape[1]], s => tf.zeros(s));
        return x + (noise * tf.reshape(weight, [1, x.Shape[1], 1, 1]));
    }

    /// <summary>Brings the features of each sample, or of each of its pixels, to a mean square of 1 (<c>pixel_norm</c>).</summary>
    internal static Tensor PixelNorm(Tensor x)
    {
        using NameScope scope = tf.name_scope("PixelNorm");
        return NetworkLayers.PixelNorm(x);
    }

    /// <summary>Brings each feature map of each sample to zero mean and unit variance (<c>instance_norm</c>).</summary>
    internal static Tensor InstanceNorm(Tensor x)
    {
        using NameScope scope = tf.name_scope("InstanceNorm");
        Tensor centred = x - tf.reduce_mean(x, [2, 3], keepdims: true);
        return centred * tf.rsqrt(tf.reduce_mean(tf.square(centred), [2, 3], keepdims: true) + 1e-8);
    }

    private Tensor ConvWeight(Tensor x, int fmaps, int kernel, double gain) =>
        NetworkLayers.Weight([kernel, kernel, x.Shape[1], fmaps], gain, useWscale: _useWscale);

    /// <summary>A filter and the box of 2x2 pixels as one filter.</summary>
    private static Tensor Doubled(Tensor w)
    {
        return tf.add_n([Shifted(0, 0), Shifted(1, 0), Shifted(0, 1), Shifted(1, 1)]);

        Tensor Shifted(int down, int right) => tf.pad(w, [(down, 1 - down), (right, 1 - right), (0, 0), (0, 0)]);
    }
}
