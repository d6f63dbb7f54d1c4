using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Projection;

/// <summary>
/// Float32 sums and means in the order in which TensorFlow's CPU kernels add up a whole tensor, so that they round alike.
/// </summary>
/// <remarks>
/// Each leaf of 8192 elements has four packets of eight running sums; packets are added one after the other, then folded in halves; leaves
/// are added in pairs.
/// </remarks>
internal static class TensorFlowSums
{
    private const int PacketSize = 8;
    private const int Packets = 4;
    private const int LeafSize = 8192;

    /// <summary>The mean of each sample.</summary>
    /// <inheritdoc cref="Of"/>
    internal static Tensor MeansOf(Tensor samples) => Of(samples) * ((double)samples.Shape[0] / samples.Shape.Elements!.Value);

    /// <summary>The sum of each sample, as if it were a tensor of its own.</summary>
    /// <param name="samples">Float32, samples along the first axis. Where the elements of a sample are no power of two from 8 on, as in
    /// networks that are not square, their order is not TensorFlow's.</param>
    /// <returns>[number of samples].</returns>
    internal static Tensor Of(Tensor samples)
    {
        int size = checked((int)(samples.Shape.Elements!.Value / samples.Shape[0]));
        if (!int.IsPow2(size) || size < PacketSize)
        {
            return tf.reduce_sum(tf.reshape(samples, [samples.Shape[0], size]), [1]);
        }

        int leaves = Math.Max(1, size / LeafSize);
        int packets = Math.Min(Packets, size / PacketSize);
        Tensor elements = tf.reshape(samples, [samples.Shape[0] * leaves, size / leaves / packets / PacketSize, packets, PacketSize]);

        // Summed over its first axis, a matrix is added up row after row.
        Tensor byRow = tf.transpose(elements, [1, 2, 0, 3]);
        Tensor sums = tf.reduce_sum(tf.reshape(tf.reduce_sum(tf.reshape(byRow, [byRow.Shape[0], -1]), [0]), [packets, -1]), [0]);
        for (int half = PacketSize / 2; half > 0; half /= 2)
        {
            sums = tf.reduce_sum(tf.reshape(sums, [-1, 2, half]), [1]);
        }

        for (int left = leaves; left > 1; left /= 2)
        {
            sums = tf.reduce_sum(tf.reshape(sums, [-1, 2]), [1]);
        }

        return tf.reshape(sums, [samples.Shape[0]]);
    }
}
