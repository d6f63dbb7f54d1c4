using System.Globalization;
using NumSharp;
using TensorGraph;
using static TensorGraph.Binding;

namespace Training;

/// <summary>The truncation trick in W: layers are moved toward the average.</summary>
internal static class Truncation
{
    /// <summary>average + (dlatents - average) * psi, for the layers below the cutoff.</summary>
    /// <param name="dlatents">[N, layers, size].</param>
    /// <param name="average">[size].</param>
    /// <param name="psi">A number or a scalar tensor; null means 1.</param>
    /// <param name="cutoff">A number or a scalar tensor of layers; null means all.</param>
    internal static Tensor Apply(Tensor dlatents, Tensor average, object? psi, object? cutoff)
    {
        using NameScope scope = tf.name_scope("Truncation");
        int layers = dlatents.Shape[1];
        Tensor strength = Scalar(psi ?? 1.0);
        Tensor coefs = tf.broadcast_to(strength, [1, layers, 1]);
        if (cutoff is not null)
        {
            Tensor index = tf.constant(np.arange(layers).astype(typeof(float)).reshape(1, layers, 1));
            coefs = tf.where(tf.less(index, Scalar(cutoff)), coefs, tf.ones([1, layers, 1]));
        }

        // As the reference interpolates: a + (b - a) * t.
        return average + ((dlatents - average) * coefs);
    }

    private static Tensor Scalar(object value) =>
        value as Tensor ?? tf.constant(Convert.ToSingle(value, CultureInfo.InvariantCulture));
}
