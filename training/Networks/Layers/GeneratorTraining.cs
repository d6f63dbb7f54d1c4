using Dnnlib.TfLib;
using NumSharp;
using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace Training.Networks.Layers;

/// <summary>What a generator does to W only under training.</summary>
internal static class GeneratorTraining
{
    /// <summary>Moves the average of W toward the batch's; the update comes with using the result.</summary>
    internal static Tensor WithMovingAverage(Tensor dlatents, Variable average, double beta)
    {
        using NameScope scope = tf.name_scope("DlatentAvg");
        Tensor batchAverage = tf.reduce_mean(tf.reshape(tf.slice(dlatents, [0, 0, 0], [-1, 1, -1]), [-1, dlatents.Shape[2]]), [0]);
        Tensor update = tf.assign(average, Interpolation.Lerp(batchAverage, average, tf.constant(beta)));
        using (tf.control_dependencies(update.Operation))
        {
            return tf.identity(dlatents);
        }
    }

    /// <summary>With some probability, takes the layers from a random one on from the W of other latents.</summary>
    /// <param name="dlatents">[N, layers, size].</param>
    /// <param name="mapOthers">Maps other latents to W.</param>
    /// <param name="lod">
    /// The level of detail: layers above it are not in use, and the random one is not among them; null where all are.
    /// </param>
    /// <param name="probability">How often styles are mixed, at most 1.</param>
    internal static Tensor MixStyles(Tensor dlatents, Func<Tensor> mapOthers, Tensor? lod, double probability)
    {
        using NameScope scope = tf.name_scope("StyleMix");
        int layers = dlatents.Shape[1];
        Tensor others = mapOthers();
        Tensor index = tf.constant(np.arange(layers).astype(typeof(int)).reshape(1, layers, 1));
        Tensor inUse = tf.constant(layers);
        inUse = lod is null ? inUse : inUse - (tf.cast(lod, tf.int32) * 2);
        Tensor cutoff = tf.cond(
            tf.less(tf.random_uniform([]), tf.constant(probability)), () => tf.random_uniform([], 1, inUse, tf.int32), () => inUse);
        return tf.where_v2(tf.less(index, cutoff), dlatents, others);
    }
}
