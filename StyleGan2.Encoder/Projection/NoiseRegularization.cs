using TensorGraph;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Projection;

/// <summary>How strongly noise maps correlate with themselves one pixel on, at every scale down to 8 pixels (Karras et al., "Analyzing and improving the image quality of StyleGAN", appendix D).</summary>
internal static class NoiseRegularization
{
    private const int SmallestSide = 8;

    /// <summary>The sum over maps and scales of mean(v roll(v, 1, x))^2 + mean(v roll(v, 1, y))^2, a scalar.</summary>
    internal static Tensor Loss(IEnumerable<Variable> noises) => tf.add_n([.. noises.SelectMany(v => OfMap(v))]);

    private static IEnumerable<Tensor> OfMap(Tensor map)
    {
        while (true)
        {
            yield return Correlation(map, axis: 3) + Correlation(map, axis: 2);
            if (map.Shape[2] <= SmallestSide)
            {
                yield break;
            }

            map = tf.nn.avg_pool(map);
        }
    }

    private static Tensor Correlation(Tensor map, int axis) => tf.square(tf.reduce_mean(map * tf.roll(map, 1, axis)));
}
