using TensorGraph;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Projection;

/// <summary>Float32 sums and means in the order in which TensorFlow's CPU kernels add up a whole tensor, so that they round alike.</summary>
/// <remarks>Each leaf of 8192 elements has four packets of eight running sums; packets are added one after the other, then folded in halves; leaves are added in pairs.</remarks>
internal static class TensorFlowSums
{
    private const int PacketSize = 8;
    private const int Packets = 4;
    private const int LeafSize = 8192;

    /// <summary>The mean of each of some tensors.</summary>
    /// <inheritdoc cref="Of"/>
    internal static Tensor MeansOf(IReadOnlyList<Tensor> values) => Of(values) * (1.0 / values[0].Shape.Elements!.Value);

    /// <summary>The sum of each of some tensors.</summary>
    /// <param name="values">Float32 tensors of one size, a power of two from 8 on.</param>
    /// <returns>[number of tensors].</returns>
    internal static Tensor Of(IReadOnlyList<Tensor> values)
    {
        int size = checked((int)values[0].Shape.Elements!.Value);
        int leaves = Math.Max(1, size / LeafSize);
        int packets = Math.Min(Packets, size / PacketSize);
        int rows = size / leaves / packets / PacketSize;
        Tensor elements = tf.concat([.. values.Select(v => tf.reshape(v, [leaves, rows, packets, PacketSize]))], 0);

        // Summed over its first axis, a matrix is added up row after row.
        Tensor byRow = tf.reshape(tf.transpose(elements, [1, 2, 0, 3]), [rows, -1]);
        Tensor sums = tf.reduce_sum(tf.reshape(tf.reduce_sum(byRow, [0]), [packets, -1]), [0]);
        for (int half = PacketSize / 2; half > 0; half /= 2)
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
