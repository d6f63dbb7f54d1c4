using Dnnlib;
using Dnnlib.TfLib;
using TensorGraph.Graphs;
using Training.Networks.Layers;
using static TensorGraph.Binding;

namespace Training.Networks.StyleGan2;

/// <summary>
/// The networks of StyleGAN2 (<c>training.networks_stylegan2</c>; Karras et al., "Analyzing and improving the image quality of StyleGAN").
/// </summary>
public static class NetworksStyleGan2
{
    /// <summary>The generator: mapping of latents to W, truncation, synthesis of images from W.</summary>
    /// <param name="network">Inputs <c>latents_in</c> [N, latent_size] and <c>labels_in</c> [N, label_size].</param>
    /// <returns>
    /// Images [N, channels, resolution, resolution] in about [-1, 1]; with <c>return_dlatents</c> also W [N, layers, size].
    /// </returns>
    [PythonName("training.networks_stylegan2.G_main", IsDefault = true)]
    [TensorSetting("truncation_psi", Apart = 1)]
    [TensorSetting("truncation_cutoff")]
    public static Tensor[] G_main(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Generator.Build(network, new GeneratorParameters(network.Kwargs, "training.networks_stylegan2", "G_synthesis_stylegan2"));
    }

    /// <summary>The mapping of latents (Z) to disentangled latents (W).</summary>
    /// <param name="network">Inputs <c>latents_in</c> [N, latent_size] and <c>labels_in</c> [N, label_size].</param>
    /// <returns>W, [N, dlatent_size] or, broadcast, [N, layers, dlatent_size].</returns>
    [PythonName("training.networks_stylegan2.G_mapping", IsDefault = true)]
    public static Tensor[] G_mapping(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        MappingParameters p = new(network.Kwargs, Settings.MappingNonlinearity);
        return Map(network, p, (latents, labels) => Normalized(MappingNetwork.WithLabels(latents, labels), p));
    }

    /// <summary>The synthesis of images from W, in the architectures <c>orig</c>, <c>skip</c> and <c>resnet</c>.</summary>
    /// <param name="network">Input <c>dlatents_in</c> [N, layers, dlatent_size].</param>
    /// <returns>Images [N, channels, resolution, resolution] in about [-1, 1].</returns>
    [PythonName("training.networks_stylegan2.G_synthesis_stylegan2")]
    public static Tensor[] G_synthesis_stylegan2(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Synthesize(network, new SynthesisParameters(network.Kwargs, ImageSizes.Of(network.Kwargs, 1024)));
    }

    /// <summary>The synthesis of images from W in StyleGAN's growing structure, with the layers of StyleGAN2.</summary>
    /// <param name="network">Input <c>dlatents_in</c> [N, layers, dlatent_size].</param>
    /// <returns>Images [N, channels, resolution, resolution] in about [-1, 1].</returns>
    [PythonName("training.networks_stylegan2.G_synthesis_stylegan_revised")]
    public static Tensor[] G_synthesis_stylegan_revised(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        SynthesisParameters p = new(network.Kwargs, ImageSizes.Square(network.Kwargs, 1024));
        Tensor dlatents = network.Input("dlatents_in", [-1, p.Sizes.NumLayers, p.DlatentSize]);
        Variable lod = tf.get_variable("lod", [], s => tf.zeros(s), trainable: false);
        SynthesisLayers layers = new(network.Kwargs, p, dlatents);
        ProgressiveGrowing growing = new(p.Structure, network.Kwargs.Get("lod_in", lod.Value), p.Sizes.ResolutionLog2);
        Tensor x;
        using (tf.variable_scope(p.Sizes.Scope(2)))
        {
            x = layers.EarlyLayers();
        }

        return [tf.identity(growing.Synthesize(x, Block, ToRgb), "images_out")];

        Tensor Block(Tensor t, int res)
        {
            using IDisposable scope = tf.variable_scope(p.Sizes.Scope(res));
            return layers.DoublingBlock(t, res);
        }

        Tensor ToRgb(Tensor t, int res)
        {
            using IDisposable scope = tf.variable_scope($"ToRGB_lod{p.Sizes.ResolutionLog2 - res}");
            return layers.ToRgb(t, res);
        }
    }

    /// <summary>The discriminator of StyleGAN2, in the architectures <c>orig</c>, <c>skip</c> and <c>resnet</c>.</summary>
    /// <param name="network">Inputs <c>images_in</c> [N, channels, resolution, resolution] and <c>labels_in</c> [N, label_size].</param>
    /// <returns>Scores [N, 1], higher for images that look real.</returns>
    [PythonName("training.networks_stylegan2.D_stylegan2")]
    public static Tensor[] D_stylegan2(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Judge(network, new DiscriminatorParameters(network.Kwargs, ImageSizes.Of(network.Kwargs, 1024)), Scores);
    }

    /// <summary>The discriminator in StyleGAN's growing structure, with the layers of StyleGAN2.</summary>
    /// <param name="network">Inputs <c>images_in</c> [N, channels, resolution, resolution] and <c>labels_in</c> [N, label_size].</param>
    /// <returns>Scores [N, 1], higher for images that look real.</returns>
    [PythonName("training.networks_stylegan2.D_stylegan")]
    public static Tensor[] D_stylegan(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        DiscriminatorParameters p = new(network.Kwargs, ImageSizes.Square(network.Kwargs, 1024));
        Tensor images = network.Input("images_in", [-1, p.NumChannels, p.Sizes.Height, p.Sizes.Width]);
        Tensor labels = network.Input("labels_in", [-1, p.LabelSize]);
        Variable lod = tf.get_variable("lod", [], s => tf.zeros(s), trainable: false);
        Tensor x = new ProgressiveGrowing(p.Structure, lod, p.Sizes.ResolutionLog2).Analyze(images, 3, FromRgb, Block);
        using (tf.variable_scope(p.Sizes.Scope(2)))
        {
            x = FinalLayers(x, p);
        }

        return [Scores(x, labels)];

        Tensor FromRgb(Tensor t, int res)
        {
            using IDisposable scope = tf.variable_scope($"FromRGB_lod{p.Sizes.ResolutionLog2 - res}");
            return NetworkLayers.BiasAct(NetworkLayers.Conv(t, p.Fmaps(res - 1), 1), p.Nonlinearity);
        }

        Tensor Block(Tensor t, int res)
        {
            using IDisposable scope = tf.variable_scope(p.Sizes.Scope(res));
            return HalvingBlock(t, res, p);
        }
    }

    /// <summary>A mapping, given what makes the first layer's input of latents and labels.</summary>
    internal static Tensor[] Map(NetworkBuild network, MappingParameters p, Func<Tensor, Tensor, Tensor> prepare) =>
        MappingNetwork.Build(network, p, prepare,
            (x, fmaps) => NetworkLayers.BiasAct(NetworkLayers.Dense(x, fmaps, lrmul: p.Lrmul), p.Nonlinearity, p.Lrmul));

    /// <summary>Latents of unit length, where the settings ask for it.</summary>
    internal static Tensor Normalized(Tensor x, MappingParameters p)
    {
        if (!p.NormalizeLatents)
        {
            return x;
        }

        using NameScope scope = tf.name_scope("Normalize");
        return NetworkLayers.PixelNorm(x);
    }

    /// <summary>A synthesis of images from W.</summary>
    internal static Tensor[] Synthesize(NetworkBuild network, SynthesisParameters p)
    {
        SynthesisLayers layers = new(network.Kwargs, p, network.Input("dlatents_in", [-1, p.Sizes.NumLayers, p.DlatentSize]));
        Tensor x;
        Tensor? images = null;
        using (tf.variable_scope(p.Sizes.Scope(2)))
        {
            x = layers.EarlyLayers();
            images = ToRgb(x, images, 2);
        }

        for (int res = 3; res <= p.Sizes.ResolutionLog2; res++)
        {
            using IDisposable scope = tf.variable_scope(p.Sizes.Scope(res));
            x = Block(x, res);
            images = ToRgb(x, images is null ? null : Upsample(images), res);
        }

        return [tf.identity(images!, "images_out")];

        Tensor Block(Tensor input, int res)
        {
            Tensor t = layers.DoublingBlock(input, res);
            if (p.Architecture == "resnet")
            {
                using IDisposable scope = tf.variable_scope("Skip");
                t = (t + NetworkLayers.ConvUp(input, p.Fmaps(res - 1), 1, p.ResampleKernel)) * (1 / Math.Sqrt(2));
            }

            return t;
        }

        Tensor Upsample(Tensor y)
        {
            using NameScope scope = tf.name_scope("Upsample");
            return UpFirDn2D.Upsample(y, p.ResampleKernel);
        }

        Tensor? ToRgb(Tensor t, Tensor? y, int res)
        {
            if (p.Architecture != "skip" && res != p.Sizes.ResolutionLog2)
            {
                return null;
            }

            using IDisposable scope = tf.variable_scope("ToRGB");
            Tensor rgb = layers.ToRgb(t, res);
            return y is null ? rgb : y + rgb;
        }
    }

    /// <summary>A discriminator, given what makes scores of its last features and the labels.</summary>
    internal static Tensor[] Judge(NetworkBuild network, DiscriminatorParameters p, Func<Tensor, Tensor, Tensor> score)
    {
        Tensor images = network.Input("images_in", [-1, p.NumChannels, p.Sizes.Height, p.Sizes.Width]);
        Tensor labels = network.Input("labels_in", [-1, p.LabelSize]);
        Tensor? x = null;
        for (int res = p.Sizes.ResolutionLog2; res > 2; res--)
        {
            using IDisposable scope = tf.variable_scope(p.Sizes.Scope(res));
            x = Block(FromRgb(x, res), res);
            images = p.Architecture == "skip" ? Downsample(images) : images;
        }

        using (tf.variable_scope(p.Sizes.Scope(2)))
        {
            x = FinalLayers(FromRgb(x, 2), p);
        }

        return [score(x, labels)];

        Tensor FromRgb(Tensor? features, int res)
        {
            if (features is not null && p.Architecture != "skip")
            {
                return features;
            }

            using IDisposable scope = tf.variable_scope("FromRGB");
            Tensor t = NetworkLayers.BiasAct(NetworkLayers.Conv(images, p.Fmaps(res - 1), 1), p.Nonlinearity,
                clamp: res > 2 ? p.ConvClamp : null);
            return features is null ? t : features + t;
        }

        Tensor Block(Tensor input, int res)
        {
            Tensor t = HalvingBlock(input, res, p);
            if (p.Architecture == "resnet")
            {
                using IDisposable scope = tf.variable_scope("Skip");
                t = (t + NetworkLayers.ConvDown(input, p.Fmaps(res - 2), 1, p.ResampleKernel)) * (1 / Math.Sqrt(2));
            }

            return t;
        }

        Tensor Downsample(Tensor y)
        {
            using NameScope scope = tf.name_scope("Downsample");
            return UpFirDn2D.Downsample(y, p.ResampleKernel);
        }
    }

    /// <summary>Two convolutions of a discriminator, the second of which makes images half as large.</summary>
    private static Tensor HalvingBlock(Tensor x, int res, DiscriminatorParameters p)
    {
        Tensor t;
        using (tf.variable_scope("Conv0"))
        {
            t = NetworkLayers.BiasAct(NetworkLayers.Conv(x, p.Fmaps(res - 1), 3), p.Nonlinearity, clamp: p.ConvClamp);
        }

        using (tf.variable_scope("Conv1_down"))
        {
            return NetworkLayers.BiasAct(NetworkLayers.ConvDown(t, p.Fmaps(res - 2), 3, p.ResampleKernel), p.Nonlinearity,
                clamp: p.ConvClamp);
        }
    }

    /// <summary>A discriminator's layers at 4x4 pixels, as far as [N, C].</summary>
    private static Tensor FinalLayers(Tensor x, DiscriminatorParameters p)
    {
        Tensor t = NetworkLayers.MinibatchStddev(x, p.MbstdGroupSize, p.MbstdNumFeatures);
        using (tf.variable_scope("Conv"))
        {
            t = NetworkLayers.BiasAct(NetworkLayers.Conv(t, p.Fmaps(1), 3), p.Nonlinearity, clamp: p.ConvClamp);
        }

        using (tf.variable_scope("Dense0"))
        {
            return NetworkLayers.BiasAct(NetworkLayers.Dense(t, p.Fmaps(0)), p.Nonlinearity);
        }
    }

    /// <summary>
    /// A score for each label, of which the sample's own counts (Mescheder et al., "Which training methods for GANs do actually
    /// converge?").
    /// </summary>
    private static Tensor Scores(Tensor x, Tensor labels)
    {
        int labelSize = labels.Shape[1];
        using (tf.variable_scope("Output"))
        {
            Tensor scores = NetworkLayers.BiasAct(NetworkLayers.Dense(x, Math.Max(labelSize, 1)));
            x = labelSize > 0 ? tf.reduce_sum(scores * labels, [1], keepdims: true) : scores;
        }

        return tf.identity(x, "scores_out");
    }
}
