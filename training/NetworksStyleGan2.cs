using Dnnlib;
using Dnnlib.TfLib;
using TensorGraph;
using static TensorGraph.Binding;

namespace Training;

/// <summary>The networks of StyleGAN2 (<c>training.networks_stylegan2</c>; Karras et al., "Analyzing and improving the image quality of StyleGAN").</summary>
public static class NetworksStyleGan2
{
    /// <summary>The generator: mapping of latents to W, truncation, synthesis of images from W.</summary>
    /// <param name="network">Inputs <c>latents_in</c> [N, latent_size] and <c>labels_in</c> [N, label_size].</param>
    /// <returns>Images [N, channels, resolution, resolution] in about [-1, 1]; with <c>return_dlatents</c> also W [N, layers, size].</returns>
    [PythonName("training.networks_stylegan2.G_main")]
    public static Tensor[] G_main(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        GeneratorParameters p = new(network.Kwargs);
        Network synthesis = network.Component("synthesis", "G_synthesis", p.SynthesisFunc, network.Kwargs);
        int layers = synthesis.InputShapes[0][1], size = synthesis.InputShapes[0][2];
        Network mapping = network.Component("mapping", "G_mapping", p.MappingFunc, new EasyDict(network.Kwargs) { ["dlatent_broadcast"] = layers });
        Tensor latents = network.Input("latents_in", mapping.InputShapes[0]);
        Tensor labels = network.Input("labels_in", mapping.InputShapes[1]);
        tf.get_variable("lod", [], s => tf.zeros(s), trainable: false);
        Variable average = tf.get_variable("dlatent_avg", [size], s => tf.zeros(s), trainable: false);

        EasyDict inner = new(network.Kwargs) { ["is_training"] = p.IsTraining };
        Tensor dlatents = mapping.GetOutputFor([latents, labels], inner)[0];
        if (p.IsTraining && p.DlatentAvgBeta is { } beta)
        {
            dlatents = GeneratorTraining.WithMovingAverage(dlatents, average, beta);
        }

        if (p.IsTraining && p.StyleMixingProb is { } probability)
        {
            dlatents = GeneratorTraining.MixStyles(dlatents, latents, labels, mapping, inner, probability);
        }

        if (p.IsTruncated)
        {
            dlatents = Truncation.Apply(dlatents, average, p.TruncationPsi, p.TruncationCutoff);
        }

        Tensor images = tf.identity(synthesis.GetOutputFor([dlatents], inner)[0], "images_out");
        return p.ReturnDlatents ? [images, tf.identity(dlatents, "dlatents_out")] : [images];
    }

    /// <summary>The mapping of latents (Z) to disentangled latents (W).</summary>
    /// <param name="network">Inputs <c>latents_in</c> [N, latent_size] and <c>labels_in</c> [N, label_size].</param>
    /// <returns>W, [N, dlatent_size] or, broadcast, [N, layers, dlatent_size].</returns>
    [PythonName("training.networks_stylegan2.G_mapping")]
    public static Tensor[] G_mapping(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        MappingParameters p = new(network.Kwargs);
        Tensor x = network.Input("latents_in", [-1, p.LatentSize]);
        Tensor labels = network.Input("labels_in", [-1, p.LabelSize]);
        if (p.LabelSize > 0)
        {
            using IDisposable scope = tf.variable_scope("LabelConcat");
            Variable w = tf.get_variable("weight", [p.LabelSize, p.LatentSize], s => tf.random_normal(s));
            x = tf.concat([x, tf.matmul(labels, w)], 1);
        }

        if (p.NormalizeLatents)
        {
            using NameScope scope = tf.name_scope("Normalize");
            x *= tf.rsqrt(tf.reduce_mean(tf.square(x), [1], keepdims: true) + 1e-8);
        }

        for (int layer = 0; layer < p.Layers; layer++)
        {
            using IDisposable scope = tf.variable_scope($"Dense{layer}");
            int fmaps = layer == p.Layers - 1 ? p.DlatentSize : p.Fmaps;
            x = NetworkLayers.BiasAct(NetworkLayers.Dense(x, fmaps, lrmul: p.Lrmul), p.Nonlinearity, p.Lrmul);
        }

        if (p.DlatentBroadcast is { } count)
        {
            using NameScope scope = tf.name_scope("Broadcast");
            x = tf.tile(tf.expand_dims(x, 1), [1, count, 1]);
        }

        return [tf.identity(x, "dlatents_out")];
    }

    /// <summary>The synthesis of images from W, in the architectures <c>orig</c>, <c>skip</c> and <c>resnet</c>.</summary>
    /// <param name="network">Input <c>dlatents_in</c> [N, layers, dlatent_size].</param>
    /// <returns>Images [N, channels, resolution, resolution] in about [-1, 1].</returns>
    [PythonName("training.networks_stylegan2.G_synthesis_stylegan2")]
    public static Tensor[] G_synthesis_stylegan2(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        SynthesisParameters p = new(network.Kwargs);
        Tensor dlatents = network.Input("dlatents_in", [-1, p.NumLayers, p.DlatentSize]);
        Variable[] noises = [.. Enumerable.Range(0, p.NumLayers - 1).Select(NoiseInput)];
        Tensor x = EarlyLayers();
        Tensor? images = p.Architecture == "skip" ? ToRgb(x, null, 2) : null;
        for (int res = 3; res <= p.ResolutionLog2; res++)
        {
            using IDisposable scope = tf.variable_scope($"{1 << res}x{1 << res}");
            x = Block(x, res);
            images = p.Architecture == "skip" ? UpsampleImages(images!) : images;
            images = p.Architecture == "skip" || res == p.ResolutionLog2 ? ToRgbInScope(x, images, res) : images;
        }

        return [tf.identity(images!, "images_out")];

        Variable NoiseInput(int layer)
        {
            int side = 1 << ((layer + 5) / 2);
            return tf.get_variable($"noise{layer}", [1, 1, side, side], s => tf.random_normal(s), trainable: false);
        }

        Tensor EarlyLayers()
        {
            using IDisposable scope = tf.variable_scope("4x4");
            Tensor constant;
            using (tf.variable_scope("Const"))
            {
                Variable variable = tf.get_variable("const", [1, p.Fmaps(1), 4, 4], s => tf.random_normal(s));
                Tensor samples = tf.concat([tf.dimension(dlatents, 0), tf.constant(1L, 1, 1)], 0);
                constant = tf.broadcast_to(variable, samples, [dlatents.Shape[0], p.Fmaps(1), 4, 4]);
            }

            using (tf.variable_scope("Conv"))
            {
                return Layer(constant, 0, p.Fmaps(1));
            }
        }

        Tensor Block(Tensor input, int res)
        {
            Tensor t = input;
            using (tf.variable_scope("Conv0_up"))
            {
                t = Layer(t, (res * 2) - 5, p.Fmaps(res - 1), up: true);
            }

            using (tf.variable_scope("Conv1"))
            {
                t = Layer(t, (res * 2) - 4, p.Fmaps(res - 1));
            }

            if (p.Architecture == "resnet")
            {
                using IDisposable scope = tf.variable_scope("Skip");
                t = (t + NetworkLayers.ConvUp(input, p.Fmaps(res - 1), 1, p.ResampleKernel)) * (1 / Math.Sqrt(2));
            }

            return t;
        }

        Tensor Layer(Tensor input, int layer, int fmaps, bool up = false)
        {
            Tensor t = NetworkLayers.ModulatedConv(input, Style(layer), fmaps, 3, up, resampleKernel: p.ResampleKernel);
            Tensor noise = p.RandomizeNoise
                ? tf.random_normal(tf.concat([tf.dimension(t, 0), tf.constant(1L, t.Shape[2], t.Shape[3])], 0), [t.Shape[0], 1, t.Shape[2], t.Shape[3]])
                : noises[layer];
            Variable strength = tf.get_variable("noise_strength", [], s => tf.zeros(s));
            return NetworkLayers.BiasAct(t + (noise * strength), p.Nonlinearity);
        }

        Tensor UpsampleImages(Tensor y)
        {
            using NameScope scope = tf.name_scope("Upsample");
            return UpFirDn2D.Upsample(y, p.ResampleKernel);
        }

        Tensor ToRgb(Tensor t, Tensor? y, int res)
        {
            using IDisposable scope = tf.variable_scope($"{1 << res}x{1 << res}");
            return ToRgbInScope(t, y, res);
        }

        Tensor ToRgbInScope(Tensor t, Tensor? y, int res)
        {
            using IDisposable scope = tf.variable_scope("ToRGB");
            Tensor rgb = NetworkLayers.BiasAct(
                NetworkLayers.ModulatedConv(t, Style((res * 2) - 3), p.NumChannels, 1, demodulate: false));
            return y is null ? rgb : y + rgb;
        }

        Tensor Style(int layer) => tf.reshape(tf.slice(dlatents, [1], [layer], [layer + 1]), [-1, p.DlatentSize]);
    }

    /// <summary>The discriminator of StyleGAN2, in the architectures <c>orig</c>, <c>skip</c> and <c>resnet</c>.</summary>
    /// <param name="network">Inputs <c>images_in</c> [N, channels, resolution, resolution] and <c>labels_in</c> [N, label_size].</param>
    /// <returns>Scores [N, 1], higher for images that look real.</returns>
    [PythonName("training.networks_stylegan2.D_stylegan2")]
    public static Tensor[] D_stylegan2(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        DiscriminatorParameters p = new(network.Kwargs);
        Tensor images = network.Input("images_in", [-1, p.NumChannels, p.Resolution, p.Resolution]);
        Tensor labels = network.Input("labels_in", [-1, p.LabelSize]);
        Tensor? x = null;
        for (int res = p.ResolutionLog2; res > 2; res--)
        {
            using IDisposable scope = tf.variable_scope($"{1 << res}x{1 << res}");
            x = Block(FromRgb(x, res), res);
            images = p.Architecture == "skip" ? Downsample(images) : images;
        }

        using (tf.variable_scope("4x4"))
        {
            x = FinalLayers(FromRgb(x, 2), p);
        }

        return [Scores(x, labels)];

        Tensor FromRgb(Tensor? features, int res)
        {
            if (features is not null && p.Architecture != "skip")
            {
                return features;
            }

            using IDisposable scope = tf.variable_scope("FromRGB");
            Tensor t = NetworkLayers.BiasAct(NetworkLayers.Conv(images, p.Fmaps(res - 1), 1), p.Nonlinearity);
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
            t = NetworkLayers.BiasAct(NetworkLayers.Conv(x, p.Fmaps(res - 1), 3), p.Nonlinearity);
        }

        using (tf.variable_scope("Conv1_down"))
        {
            return NetworkLayers.BiasAct(NetworkLayers.ConvDown(t, p.Fmaps(res - 2), 3, p.ResampleKernel), p.Nonlinearity);
        }
    }

    /// <summary>A discriminator's layers at 4x4 pixels, as far as [N, C].</summary>
    private static Tensor FinalLayers(Tensor x, DiscriminatorParameters p)
    {
        Tensor t = x;
        if (p.MbstdGroupSize > 1)
        {
            using NameScope scope = tf.name_scope("MinibatchStddev");
            t = NetworkLayers.MinibatchStddev(t, p.MbstdGroupSize, p.MbstdNumFeatures);
        }

        using (tf.variable_scope("Conv"))
        {
            t = NetworkLayers.BiasAct(NetworkLayers.Conv(t, p.Fmaps(1), 3), p.Nonlinearity);
        }

        using (tf.variable_scope("Dense0"))
        {
            return NetworkLayers.BiasAct(NetworkLayers.Dense(t, p.Fmaps(0)), p.Nonlinearity);
        }
    }

    /// <summary>A score for each label, of which the sample's own counts (Mescheder et al., "Which training methods for GANs do actually converge?").</summary>
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
