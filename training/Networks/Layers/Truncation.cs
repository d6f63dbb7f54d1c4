using System.Globalization;
using Dnnlib.TfLib;
using NumSharp;
using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace Training.Networks.Layers;

/// <summary>The truncation trick in W: layers are moved toward the average.</summary>
internal static class Truncation
{
    /// <summary>average + (dlatents - average) * psi, for the layers below the cutoff.</summary>
    /// <param name="dlatents">[N, layers, size].</param>
    /// <param name="average">[size].</param>
    /// <param name="psi">A number or a tensor: a scalar, or one for each layer as [1, layers, 1].</param>
    /// <param name="cutoff">A number or a scalar tensor of layers; null means all.</param>
    internal static Tensor Apply(Tensor dlatents, Tensor average, object psi, object? cutoff)
    {
        using NameScope scope = tf.name_scope("Truncation");
        Tensor coefs = Float(psi);
        if (cutoff is not null)
        {
            int layers = dlatents.Shape[1];
            Tensor index = tf.constant(np.arange(layers).astype(typeof(float)).reshape(1, layers, 1));
            coefs = tf.where_v2(tf.less(index, Float(cutoff)), coefs, tf.constant(1f));
        }

        return Interpolation.Lerp(average, dlatents, coefs);
    }

    private static Tensor Float(object value) =>
        value is Tensor tensor ? tf.cast(tensor, tf.float32) : tf.constant(Convert.ToSingle(value, CultureInfo.InvariantCulture));
}
