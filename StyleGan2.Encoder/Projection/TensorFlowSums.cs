using TensorGraph;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Projection;

/// <summary>Float32 sums in the order in which TensorFlow's CPU kernels add up a whole tensor, so that they round alike.</summary>
/// <remarks>Each leaf of 8192 elements has two packets of eight running sums; the sums of a leaf are folded in halves, those of leaves in pairs.</remarks>
internal static class TensorFlowSums
{
    private const int RunningSums = 16;
    private const int LeafSize = 8192;

    /// <summary>The sum of each of some tensors.</summary>
    /// <param name="values">Float32 tensors of one size, a power of two from 16 on.</param>
    /// <returns>[number of tensors].</returns>
    internal static Tensor Of(IReadOnlyList<Tensor> values)
    {
        int size = checked((int)values[0].Shape.Elements!.Value);
        int leaves = Math.Max(1, size / LeafSize);
        int rows = size / leaves / RunningSums;
        Tensor elements = tf.concat([.. values.Select(v => tf.reshape(v, [leaves, rows, RunningSums]))], 0);

        // Summed over its first axis, a matrix is added up row after row.
        Tensor sums = tf.reduce_sum(tf.reshape(tf.transpose(elements, [1, 0, 2]), [rows, -1]), [0]);
        for (int half = RunningSums / 2; half > 0; half /= 2)
        {
            sums = tf.reduce_sum(tf.reshape(sums, [-1, 2, half]), [1]);
        }

        for (int left = leaves; left > 1; left /= 2)
        {
            sums = tf.reduce_sum(tf.reshape(sums, [-1, 2]), [1]);
        }

        return tf.reshape(sums, [values.Count]);
    }
}
