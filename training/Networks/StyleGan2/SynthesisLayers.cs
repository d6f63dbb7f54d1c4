using Dnnlib;
using TensorGraph.Graphs;
using Training.Networks.Layers;
using static TensorGraph.Binding;

namespace Training.Networks.StyleGan2;

/// <summary>The layers that StyleGAN2's syntheses are made of, with the W and the noise that they read.</summary>
internal sealed class SynthesisLayers
{
    private readonly SynthesisParameters _p;
    private readonly Tensor _dlatents;
    private readonly NoiseInputs _noises;

    /// <summary>Makes the noise variables.</summary>
    /// <param name="kwargs">The network's settings.</param>
    /// <param name="p">The same, read.</param>
    /// <param name="dlatents">W, [N, layers, dlatent_size].</param>
    internal SynthesisLayers(EasyDict kwargs, SynthesisParameters p, Tensor dlatents)
    {
        _p = p;
        _dlatents = dlatents;
        _noises = new NoiseInputs(kwargs,
            Enumerable.Range(0, p.UseNoise ? p.Sizes.NumLayers - 1 : 0).Select(layer => (layer + 5) / 2)
                .Select(res => (p.Sizes.HeightOf(res), p.Sizes.WidthOf(res))));
    }

    /// <summary>The learned constant and the layer after it, features of the first block; in its scope.</summary>
    internal Tensor EarlyLayers()
    {
        Tensor constant;
        using (tf.variable_scope("Const"))
        {
            Variable variable = tf.get_variable("const", [1, _p.FmapConst ?? _p.Fmaps(1), _p.Sizes.MinHeight, _p.Sizes.MinWidth],
                s => tf.random_normal(s));
            constant = NetworkLayers.RepeatForSamples(variable, _dlatents);
        }

        using (tf.variable_scope("Conv"))
        {
            return Layer(constant, 0, _p.Fmaps(1));
        }
    }

    /// <summary>Two layers, the first of which makes features twice as large.</summary>
    /// <param name="x">Features.</param>
    /// <param name="res">Logarithm of their new side.</param>
    internal Tensor DoublingBlock(Tensor x, int res)
    {
        Tensor t;
        using (tf.variable_scope("Conv0_up"))
        {
            t = Layer(x, (res * 2) - 5, _p.Fmaps(res - 1), up: true);
        }

        using (tf.variable_scope("Conv1"))
        {
            return Layer(t, (res * 2) - 4, _p.Fmaps(res - 1));
        }
    }

    /// <summary>Images of features.</summary>
    /// <param name="x">Features.</param>
    /// <param name="res">Logarithm of their side.</param>
    internal Tensor ToRgb(Tensor x, int res) =>
        NetworkLayers.BiasAct(NetworkLayers.ModulatedConv(x, NetworkLayers.Style(_dlatents, (res * 2) - 3), _p.NumChannels, 1,
            demodulate: false), clamp: _p.ConvClamp);

    private Tensor Layer(Tensor x, int layer, int fmaps, bool up = false)
    {
        Tensor t = NetworkLayers.ModulatedConv(x, NetworkLayers.Style(_dlatents, layer), fmaps, 3, up, resampleKernel: _p.ResampleKernel);
        if (_p.UseNoise)
        {
            Tensor noise = _noises.For(layer, t);
            Variable strength = tf.get_variable("noise_strength", [], s => tf.zeros(s));
            t += noise * strength;
        }

        return NetworkLayers.BiasAct(t, _p.Nonlinearity, clamp: _p.ConvClamp);
    }
}
