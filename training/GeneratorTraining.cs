using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using TensorGraph;
using static TensorGraph.Binding;

namespace Training;

/// <summary>What a generator does to W only under training.</summary>
internal static class GeneratorTraining
{
    /// <summary>Moves the average of W toward the batch's; the update comes with using the result.</summary>
    internal static Tensor WithMovingAverage(Tensor dlatents, Variable average, double beta)
    {
        using NameScope scope = tf.name_scope("DlatentAvg");
        Tensor batchAverage = tf.reduce_mean(tf.reshape(tf.slice(dlatents, [1], [0], [1]), [-1, dlatents.Shape[2]]), [0]);
        Tensor update = tf.assign(average, batchAverage + ((average - batchAverage) * beta));
        using (tf.control_dependencies(update.Operation))
        {
            return tf.identity(dlatents);
        }
    }

    /// <summary>With some probability, takes the layers from a random one on from the W of other latents.</summary>
    internal static Tensor MixStyles(Tensor dlatents, Tensor latents, Tensor labels, Network mapping, EasyDict kwargs, double probability)
    {
        using NameScope scope = tf.name_scope("StyleMix");
        int layers = dlatents.Shape[1];
        Tensor others = mapping.GetOutputFor([tf.random_normal(tf.shape(latents), latents.Shape), labels], kwargs)[0];
        Tensor index = tf.constant(np.arange(layers).astype(typeof(int)).reshape(1, layers, 1));
        Tensor cutoff = tf.cond(
            tf.less(tf.random_uniform([], 0.0, 1.0), tf.constant((float)probability)),
            () => tf.random_uniform([], 1, layers, tf.int32),
            () => tf.scalar(layers, tf.int32));
        return tf.where(tf.less(index, cutoff), dlatents, others);
    }
}
