using Dnnlib;
using Dnnlib.TfLib;
using TensorGraph.Graphs;
using Training.Networks.Layers;
using static TensorGraph.Binding;

namespace Training.Networks.StyleGan2;

/// <summary>
/// The networks of StyleGAN2-ADA (<c>training.networks</c>; Karras et al., "Training generative adversarial networks with limited data"):
/// StyleGAN2's, but for labels, which are embedded,
/// and convolutions, whose results can be limited. Layers in float16 are computed in float32.
/// </summary>
public static class NetworksStyleGan2Ada
{
    /// <inheritdoc cref="NetworksStyleGan2.G_main"/>
    [PythonName("training.networks.G_main")]
    [TensorSetting("truncation_psi", Apart = 1)]
    [TensorSetting("truncation_cutoff")]
    public static Tensor[] G_main(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Generator.Build(network, new GeneratorParameters(network.Kwargs, "training.networks", "G_synthesis") { HasLod = false });
    }

    /// <inheritdoc cref="NetworksStyleGan2.G_mapping"/>
    [PythonName("training.networks.G_mapping")]
    public static Tensor[] G_mapping(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        MappingParameters p = new(network.Kwargs, Settings.MappingNonlinearity) { Fmaps = Settings.MappingFmaps.Of(network.Kwargs, null) };
        return NetworksStyleGan2.Map(network, p, Prepare);

        Tensor Prepare(Tensor latents, Tensor labels)
        {
            Tensor x = NetworksStyleGan2.Normalized(latents, p);
            return p.LabelSize > 0 ? tf.concat([x, LabelMapping.Embed(labels, p.LabelFmaps ?? p.LatentSize)], 1) : x;
        }
    }

    /// <inheritdoc cref="NetworksStyleGan2.G_synthesis_stylegan2"/>
    [PythonName("training.networks.G_synthesis")]
    public static Tensor[] G_synthesis(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return NetworksStyleGan2.Synthesize(network, new SynthesisParameters(network.Kwargs, ImageSizes.Of(network.Kwargs, 1024))
        {
            FmapConst = Settings.FmapConst.Of(network.Kwargs, null),
            UseNoise = Settings.UseNoise.Of(network.Kwargs, true),
        });
    }

    /// <inheritdoc cref="NetworksStyleGan2.D_stylegan2"/>
    [PythonName("training.networks.D_main")]
    public static Tensor[] D_main(NetworkBuild network)
    {
        ArgumentNullException.ThrowIfNull(network);
        EasyDict kwargs = network.Kwargs;
        Settings.UsePagan.Of(kwargs, false);
        Settings.UseSpectralNorm.Of(kwargs, false);
        DiscriminatorParameters p = new(kwargs, ImageSizes.Of(kwargs, 1024))
        {
            MbstdGroupSize = Settings.MbstdGroupSize.Of(kwargs, null) ?? int.MaxValue,
        };
        return NetworksStyleGan2.Judge(network, p, (x, labels) => p.LabelSize > 0 ? LabelMapping.Scores(x, labels, p) : Scores(x));

        Tensor Scores(Tensor x)
        {
            Tensor scores;
            using (tf.variable_scope("Output"))
            {
                scores = NetworkLayers.BiasAct(NetworkLayers.Dense(x, Settings.ScoreMax.Of(kwargs, 1)));
            }

            return tf.identity(tf.slice(scores, [0, 0], [-1, 1]), "scores_out");
        }
    }
}
