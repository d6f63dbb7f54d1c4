using Dnnlib.TfLib;
using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace Training.Networks;

/// <summary>What the mappings of latents to W have in common in both generations of StyleGAN.</summary>
internal static class MappingNetwork
{
    /// <summary>Builds a mapping.</summary>
    /// <param name="network">Inputs <c>latents_in</c> [N, latent_size] and <c>labels_in</c> [N, label_size].</param>
    /// <param name="p">Its settings.</param>
    /// <param name="normalize">Brings latents to unit length.</param>
    /// <param name="layer">A layer, of so many features.</param>
    internal static Tensor[] Build(NetworkBuild network, MappingParameters p, Func<Tensor, Tensor> normalize, Func<Tensor, int, Tensor> layer)
    {
        Tensor x = network.Input("latents_in", [-1, p.LatentSize]);
        Tensor labels = network.Input("labels_in", [-1, p.LabelSize]);
        if (p is { LabelSize: > 0, LabelFmaps: null })
        {
            using IDisposable scope = tf.variable_scope("LabelConcat");
            Variable w = tf.get_variable("weight", [p.LabelSize, p.LatentSize], s => tf.random_normal(s));
            x = tf.concat([x, tf.matmul(labels, w)], 1);
        }

        x = p.NormalizeLatents ? normalize(x) : x;
        x = p is { LabelSize: > 0, LabelFmaps: { } fmaps } ? tf.concat([x, LabelMapping.Embed(labels, fmaps)], 1) : x;
        for (int i = 0; i < p.Layers; i++)
        {
            using IDisposable scope = tf.variable_scope($"Dense{i}");
            x = layer(x, i == p.Layers - 1 ? p.DlatentSize : p.Fmaps);
        }

        if (p.DlatentBroadcast is { } count)
        {
            using NameScope scope = tf.name_scope("Broadcast");
            x = tf.tile(tf.expand_dims(x, 1), [1, count, 1]);
        }

        return [tf.identity(x, "dlatents_out")];
    }
}
