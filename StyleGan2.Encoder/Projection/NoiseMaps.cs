using TensorGraph;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Projection;

/// <summary>What a projection does to noise maps beside optimising them (Karras et al., "Analyzing and improving the image quality of StyleGAN", appendix D).</summary>
internal static class NoiseMaps
{
    private const int SmallestSide = 8;

    /// <summary>How strongly maps correlate with themselves one pixel on, at every scale down to 8 pixels: the sum of mean(v roll(v, 1, x))^2 + mean(v roll(v, 1, y))^2, a scalar.</summary>
    internal static Tensor Correlation(IEnumerable<Variable> noises) => tf.add_n([.. noises.SelectMany(v => OfMap(v))]);

    /// <summary>The map with zero mean and unit standard deviation.</summary>
    internal static Tensor Normalized(Tensor noise)
    {
        Tensor centered = noise - Mean(noise);
        return centered / tf.sqrt(Mean(tf.square(centered)));
    }

    private static IEnumerable<Tensor> OfMap(Tensor map)
    {
        while (true)
        {
            yield return tf.square(Mean(map * tf.roll(map, 1, axis: 3))) + tf.square(Mean(map * tf.roll(map, 1, axis: 2)));
            if (map.Shape[2] <= SmallestSide)
            {
                yield break;
            }

            map = tf.nn.avg_pool(map);
        }
    }

    /// <summary>The mean of a map, added up in double precision: it is near zero, and a float32 sum of values of either sign keeps few of its digits.</summary>
    private static Tensor Mean(Tensor map) => tf.cast(tf.reduce_mean(tf.cast(map, tf.float64)), tf.float32);
}
