using Dnnlib.TfLib;
using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace Training.Networks.Layers;

/// <summary>What the mappings of latents to W have in common in both generations of StyleGAN.</summary>
internal static class MappingNetwork
{
    /// <summary>Builds a mapping.</summary>
    /// <param name="network">Inputs <c>latents_in</c> [N, latent_size] and <c>labels_in</c> [N, label_size].</param>
    /// <param name="p">Its settings.</param>
    /// <param name="prepare">Makes the first layer's input of latents and labels.</param>
    /// <param name="layer">A layer, of so many features.</param>
    internal static Tensor[] Build(NetworkBuild network, MappingParameters p, Func<Tensor, Tensor, Tensor> prepare, Func<Tensor, int,
        Tensor> layer)
    {
        Tensor latents = network.Input("latents_in", [-1, p.LatentSize]);
        Tensor labels = network.Input("labels_in", [-1, p.LabelSize]);
        Tensor x = prepare(latents, labels);
        for (int i = 0; i < p.Layers; i++)
        {
            using IDisposable scope = tf.variable_scope($"Dense{i}");
            x = layer(x, i == p.Layers - 1 ? p.DlatentSize : p.Fmaps ?? p.DlatentSize);
        }

        if (p.DlatentBroadcast is { } count)
        {
            using NameScope scope = tf.name_scope("Broadcast");
            x = tf.tile(tf.expand_dims(x, 1), [1, count, 1]);
        }

        return [tf.identity(x, "dlatents_out")];
    }

    /// <summary>Latents with a product of the labels beside them; latents alone where there are no labels.</summary>
    internal static Tensor WithLabels(Tensor latents, Tensor labels)
    {
        int labelSize = labels.Shape[1];
        if (labelSize == 0)
        {
            return latents;
        }

        using IDisposable scope = tf.variable_scope("LabelConcat");
        Variable w = tf.get_variable("weight", [labelSize, latents.Shape[1]], s => tf.random_normal(s));
        return tf.concat([latents, tf.matmul(labels, w)], 1);
    }
}
