using TensorGraph;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Projection;

/// <summary>What a projection does to noise maps beside optimising them (Karras et al., "Analyzing and improving the image quality of StyleGAN", appendix D).</summary>
internal static class NoiseMaps
{
    private const int SmallestSide = 8;

    /// <summary>How strongly maps correlate with themselves one pixel on, at every scale down to 8 pixels: the sum of mean(v roll(v, 1, x))^2 + mean(v roll(v, 1, y))^2, a scalar.</summary>
    internal static Tensor Correlation(IEnumerable<Variable> noises)
    {
        IEnumerable<Tensor> products = noises.SelectMany(v => Scales(v)).SelectMany(ProductsWithNeighbours);
        return tf.add_n([.. products.GroupBy(p => p.Shape.Elements!.Value).Select(g => tf.reduce_sum(tf.square(Means([.. g]))))]);
    }

    /// <summary>The map with zero mean and unit standard deviation.</summary>
    internal static Tensor Normalized(Tensor noise)
    {
        Tensor centered = noise - Mean(noise);
        return centered / tf.sqrt(Mean(tf.square(centered)));
    }

    /// <summary>The map, then each the 2x2 means of the one before.</summary>
    private static IEnumerable<Tensor> Scales(Tensor map)
    {
        yield return map;
        while (map.Shape[2] > SmallestSide)
        {
            // Two operations, as many as the reference's reshape and mean: the gradients of a map's products arrive before that of its means, and are added in that order.
            map = tf.identity(tf.nn.avg_pool(map));
            yield return map;
        }
    }

    private static IEnumerable<Tensor> ProductsWithNeighbours(Tensor map) => [map * tf.roll(map, 1, axis: 3), map * tf.roll(map, 1, axis: 2)];

    /// <summary>The mean of each of some tensors of one size.</summary>
    /// <remarks>A pixel's gradient can be a thousandth of the terms that it is the sum of, so that means must be TensorFlow's to the bit for gradients to agree in a few digits.</remarks>
    private static Tensor Means(IReadOnlyList<Tensor> values)
    {
        Tensor means = tf.concat([.. values.Select(v => tf.reduce_mean(tf.reshape(v, [-1]), [0], keepdims: true))], 0);
        Tensor asTensorFlow = TensorFlowSums.Of(values) * (1.0 / values[0].Shape.Elements!.Value);

        // Gradients flow through the plain means, which their correction makes TensorFlow's.
        return means + tf.stop_gradient(asTensorFlow - means);
    }

    /// <summary>The mean of a map, added up in double precision: it is near zero, and a float32 sum of values of either sign keeps few of its digits.</summary>
    private static Tensor Mean(Tensor map) => tf.cast(tf.reduce_mean(tf.cast(map, tf.float64)), tf.float32);
}
