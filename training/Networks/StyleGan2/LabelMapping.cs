using TensorGraph.Graphs;
using Training.Networks.Layers;
using static TensorGraph.Binding;

namespace Training.Networks.StyleGan2;

/// <summary>
/// How StyleGAN2-ADA's networks take labels: embedded, brought to unit length, and in the discriminator mapped to features that score the
/// images'.
/// </summary>
internal static class LabelMapping
{
    /// <summary>The embedding of labels, of unit length.</summary>
    /// <param name="labels">[N, label_size].</param>
    /// <param name="fmaps">Size of the embedding.</param>
    internal static Tensor Embed(Tensor labels, int fmaps)
    {
        using IDisposable scope = tf.variable_scope("LabelEmbed");
        return NetworkLayers.PixelNorm(NetworkLayers.BiasAct(NetworkLayers.Dense(labels, fmaps)));
    }

    /// <summary>Scores of images, [N, 1]: how well their features go with those of the labels.</summary>
    /// <param name="x">What the discriminator makes of the images, [N, C].</param>
    /// <param name="labels">[N, label_size].</param>
    /// <param name="p">The discriminator's settings.</param>
    internal static Tensor Scores(Tensor x, Tensor labels, DiscriminatorParameters p)
    {
        int fmaps = p.MappingFmaps ?? p.Fmaps(0);
        Tensor wanted = Embed(labels, fmaps);
        for (int layer = 0; layer < p.MappingLayers; layer++)
        {
            using IDisposable scope = tf.variable_scope($"Mapping{layer}");
            wanted = NetworkLayers.BiasAct(NetworkLayers.Dense(wanted, fmaps, lrmul: p.MappingLrmul), p.MappingNonlinearity,
                p.MappingLrmul);
        }

        using (tf.variable_scope("Output"))
        {
            Tensor found = NetworkLayers.BiasAct(NetworkLayers.Dense(x, fmaps));
            return tf.identity(tf.reduce_sum(found * wanted, [1], keepdims: true) * (1 / Math.Sqrt(fmaps)), "scores_out");
        }
    }
}
