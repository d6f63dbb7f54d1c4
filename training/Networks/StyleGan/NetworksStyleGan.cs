using Dnnlib;
using Dnnlib.TfLib;
using TensorGraph.Graphs;
using Training.Networks.Layers;
using static TensorGraph.Binding;

namespace Training.Networks.StyleGan;

/// <summary>
/// The networks of StyleGAN (<c>training.networks_stylegan</c>; Karras et al., "A style-based generator architecture for generative
/// adversarial networks").
/// </summary>
public static class NetworksStyleGan
{
    /// <summary>The generator: mapping of latents to W, truncation, synthesis of images from W.</summary>
    /// <param name="network">Inputs <c>latents_in</c> [N, latent_size] and <c>labels_in</c> [N, label_size].</param>
    /// <returns>Images [N, channels, resolution, resolution] in about [-1, 1].</returns>
    [PythonName("training.networks_stylegan.G_style")]
    [TensorSetting("truncation_psi", Apart = 1)]
    [TensorSetting("truncation_cutoff")]
    public static Tensor[] G_style(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Generator.Build(network, new GeneratorParameters(network.Kwargs, "training.networks_stylegan", "G_synthesis", 0.7, 8));
    }

    /// <summary>The mapping of latents (Z) to disentangled latents (W).</summary>
    /// <param name="network">Inputs <c>latents_in</c> [N, latent_size] and <c>labels_in</c> [N, label_size].</param>
    /// <returns>W, [N, dlatent_size] or, broadcast, [N, layers, dlatent_size].</returns>
    [PythonName("training.networks_stylegan.G_mapping")]
    public static Tensor[] G_mapping(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        MappingParameters p = new(network.Kwargs, Settings.StyleGanMappingNonlinearity);
        StyleGanLayers layers = new(network.Kwargs, p.Nonlinearity);
        return MappingNetwork.Build(network, p, Prepare, (x, fmaps) => layers.Activated(layers.Dense(x, fmaps, p.Lrmul), p.Lrmul));

        Tensor Prepare(Tensor latents, Tensor labels)
        {
            Tensor x = MappingNetwork.WithLabels(latents, labels);
            return p.NormalizeLatents ? StyleGanLayers.PixelNorm(x) : x;
        }
    }

    /// <summary>The synthesis of images from W.</summary>
    /// <param name="network">Input <c>dlatents_in</c> [N, layers, dlatent_size].</param>
    /// <returns>Images [N, channels, resolution, resolution] in about [-1, 1].</returns>
    [PythonName("training.networks_stylegan.G_synthesis")]
    public static Tensor[] G_synthesis(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        StyleSynthesisParameters p = new(network.Kwargs);
        StyleGanLayers layers = new(network.Kwargs, Settings.StyleGanNonlinearity.Of(network.Kwargs, "lrelu"));
        Tensor dlatents = network.Input("dlatents_in", [-1, p.UseStyles ? p.Sizes.NumLayers : 1, p.DlatentSize]);
        Variable lod = tf.get_variable("lod", [], s => tf.zeros(s), trainable: false);
        NoiseInputs noises = new(network.Kwargs,
            Enumerable.Range(0, p.UseNoise ? p.Sizes.NumLayers : 0).Select(layer => (layer / 2) + 2)
                .Select(res => (p.Sizes.HeightOf(res), p.Sizes.WidthOf(res))));
        ProgressiveGrowing growing = new(p.Structure, network.Kwargs.Get("lod_in", lod.Value), p.Sizes.ResolutionLog2);
        return [tf.identity(growing.Synthesize(EarlyLayers(), Block, ToRgb), "images_out")];

        Tensor EarlyLayers()
        {
            using IDisposable scope = tf.variable_scope("4x4");
            Tensor x = p.ConstInputLayer ? ConstantLayer() : DenseLayer();
            using (tf.variable_scope("Conv"))
            {
                return Epilogue(layers.Conv(x, p.Fmaps(1), 3), 1);
            }
        }

        Tensor ConstantLayer()
        {
            using IDisposable scope = tf.variable_scope("Const");
            Variable variable = tf.get_variable("const", [1, p.Fmaps(1), 4, 4], s => tf.ones(s));
            return Epilogue(NetworkLayers.RepeatForSamples(variable, dlatents), 0);
        }

        Tensor DenseLayer()
        {
            using IDisposable scope = tf.variable_scope("Dense");
            Tensor x = layers.Dense(NetworkLayers.Style(dlatents, 0), p.Fmaps(1) * 16, gain: layers.Gain / 4);
            return Epilogue(tf.reshape(x, [-1, p.Fmaps(1), 4, 4]), 0);
        }

        Tensor Block(Tensor x, int res)
        {
            using IDisposable scope = tf.variable_scope(p.Sizes.Scope(res));
            Tensor t;
            using (tf.variable_scope("Conv0_up"))
            {
                t = Epilogue(layers.Blur(layers.UpscaleConv(x, p.Fmaps(res - 1), 3)), (res * 2) - 4);
            }

            using (tf.variable_scope("Conv1"))
            {
                return Epilogue(layers.Conv(t, p.Fmaps(res - 1), 3), (res * 2) - 3);
            }
        }

        Tensor Epilogue(Tensor x, int layer)
        {
            Tensor t = p.UseNoise ? StyleGanLayers.Noise(x, noises.For(layer, x)) : x;
            t = layers.Activated(t);
            t = p.UsePixelNorm ? StyleGanLayers.PixelNorm(t) : t;
            t = p.UseInstanceNorm ? StyleGanLayers.InstanceNorm(t) : t;
            return p.UseStyles ? layers.StyleMod(t, NetworkLayers.Style(dlatents, layer)) : t;
        }

        Tensor ToRgb(Tensor x, int res)
        {
            using IDisposable scope = tf.variable_scope($"ToRGB_lod{p.Sizes.ResolutionLog2 - res}");
            return NetworkLayers.BiasAct(layers.Conv(x, p.NumChannels, 1, gain: 1));
        }
    }

    /// <summary>The discriminator, which grows with the generator.</summary>
    /// <param name="network">Inputs <c>images_in</c> [N, channels, resolution, resolution] and <c>labels_in</c> [N, label_size].</param>
    /// <returns>Scores [N, 1], higher for images that look real.</returns>
    [PythonName("training.networks_stylegan.D_basic")]
    public static Tensor[] D_basic(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        BasicDiscriminatorParameters p = new(network.Kwargs);
        StyleGanLayers layers = new(network.Kwargs, Settings.StyleGanNonlinearity.Of(network.Kwargs, "lrelu"));
        Tensor images = network.Input("images_in", [-1, p.NumChannels, p.Sizes.Height, p.Sizes.Width]);
        Tensor labels = network.Input("labels_in", [-1, p.LabelSize]);
        Variable lod = tf.get_variable("lod", [], s => tf.zeros(s), trainable: false);
        Tensor scores = new ProgressiveGrowing(p.Structure, lod, p.Sizes.ResolutionLog2).Analyze(images, 2, FromRgb, Block);
        return [tf.identity(p.LabelSize > 0 ? OfLabel(scores) : scores, "scores_out")];

        Tensor FromRgb(Tensor x, int res)
        {
            using IDisposable scope = tf.variable_scope($"FromRGB_lod{p.Sizes.ResolutionLog2 - res}");
            return layers.Activated(layers.Conv(x, p.Fmaps(res - 1), 1));
        }

        Tensor Block(Tensor x, int res)
        {
            using IDisposable scope = tf.variable_scope(p.Sizes.Scope(res));
            return res == 2 ? FinalLayers(x) : HalvingBlock(x, res);
        }

        Tensor HalvingBlock(Tensor x, int res)
        {
            Tensor t;
            using (tf.variable_scope("Conv0"))
            {
                t = layers.Activated(layers.Conv(x, p.Fmaps(res - 1), 3));
            }

            using (tf.variable_scope("Conv1_down"))
            {
                return layers.Activated(layers.ConvDownscale(layers.Blur(t), p.Fmaps(res - 2), 3));
            }
        }

        Tensor FinalLayers(Tensor x)
        {
            Tensor t = NetworkLayers.MinibatchStddev(x, p.MbstdGroupSize, p.MbstdNumFeatures);
            using (tf.variable_scope("Conv"))
            {
                t = layers.Activated(layers.Conv(t, p.Fmaps(1), 3));
            }

            using (tf.variable_scope("Dense0"))
            {
                t = layers.Activated(layers.Dense(t, p.Fmaps(0)));
            }

            using (tf.variable_scope("Dense1"))
            {
                return NetworkLayers.BiasAct(layers.Dense(t, Math.Max(p.LabelSize, 1), gain: 1));
            }
        }

        Tensor OfLabel(Tensor scores)
        {
            using NameScope scope = tf.name_scope("LabelSwitch");
            return tf.reduce_sum(scores * labels, [1], keepdims: true);
        }
    }
}
