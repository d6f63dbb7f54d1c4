using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Projection;

/// <summary>
/// What a projection does to noise maps beside optimising them (Karras et al., "Analyzing and improving the image quality of StyleGAN",
/// appendix D).
/// </summary>
/// <remarks>
/// Maps of one size go together, one sample each; the maps of several pictures are samples too. Sums are TensorFlow's to the bit: a
/// pixel's gradient can be a thousandth of the terms that it is the sum of.
/// </remarks>
internal static class NoiseMaps
{
    private const int SmallestSide = 8;

    /// <summary>
    /// How strongly maps correlate with themselves one pixel on, at every scale down to 8 pixels: the sum of mean(v roll(v, 1, x))^2 +
    /// mean(v roll(v, 1, y))^2, for each picture, [pictures].
    /// </summary>
    /// <param name="maps">Float32 [pictures, 1, side, side], smaller ones first, each side twice the one before or the same.</param>
    internal static Tensor Correlation(IReadOnlyList<Tensor> maps)
    {
        List<Tensor> squares = [];
        List<(int Map, int Right, int Below)> places = [];
        int total = 0;
        foreach ((int[] Maps, Tensor Samples) scale in Scales(maps))
        {
            squares.Add(tf.square(ProductMeans(scale.Samples)));
            places.AddRange(scale.Maps.Select((map, i) => (map, total + i, total + scale.Maps.Length + i)));
            total += 2 * scale.Maps.Length;
        }

        Tensor ofPictures = tf.reshape(tf.concat(squares, 0), [total, maps[0].Shape[0]]);
        return SumInOrder(ofPictures, [.. places.OrderBy(p => p.Map).SelectMany(p => new long[] { p.Right, p.Below })]);
    }

    /// <summary>Each map with zero mean and unit standard deviation.</summary>
    internal static IEnumerable<Tensor> Normalized(IReadOnlyList<Tensor> maps) =>
        maps.GroupBy(m => m.Shape[2]).SelectMany(g => NormalizedOfOneSize([.. g]));

    private static IEnumerable<Tensor> NormalizedOfOneSize(Tensor[] maps)
    {
        Tensor samples = tf.concat(maps, 0);
        Tensor centered = samples - PerSample(TensorFlowSums.MeansOf(samples));
        Tensor normalized = centered / PerSample(tf.sqrt(TensorFlowSums.MeansOf(tf.square(centered))));
        int pictures = maps[0].Shape[0];
        return maps.Select((_, i) => tf.slice(normalized, [i * pictures, 0, 0, 0], [pictures, -1, -1, -1]));
    }

    /// <summary>The maps of each side from the largest on, together with the larger ones reduced to it by 2x2 means.</summary>
    private static IEnumerable<(int[] Maps, Tensor Samples)> Scales(IReadOnlyList<Tensor> maps)
    {
        (int[] Maps, Tensor Samples) larger = ([], maps[^1]);
        foreach (IGrouping<int, int> own in Enumerable.Range(0, maps.Count).GroupBy(i => maps[i].Shape[2]).Reverse())
        {
            bool reduced = own.Key >= SmallestSide && larger.Maps.Length > 0;
            Tensor[] samples = [.. own.Select(i => maps[i])];
            larger = reduced
                ? ([.. own, .. larger.Maps], tf.concat([.. samples, HalfAsLarge(larger.Samples)], 0))
                : ([.. own], tf.concat(samples, 0));
            yield return larger;
        }
    }

    /// <summary>The means of each sample's products with its right, then with its lower neighbours, [2 * samples].</summary>
    private static Tensor ProductMeans(Tensor samples)
    {
        Tensor right = samples * tf.roll(samples, 1, axis: 3), below = samples * tf.roll(samples, 1, axis: 2);
        Tensor means = tf.concat([PlainMeans(right), PlainMeans(below)], 0);

        // Gradients flow through the plain means, which their correction makes TensorFlow's.
        return means + tf.stop_gradient(TensorFlowSums.MeansOf(tf.concat([right, below], 0)) - means);
    }

    /// <summary>The sums of pairs of terms, added up in the given order as the reference does: map after map, scale after scale.</summary>
    /// <param name="terms">[terms, pictures].</param>
    /// <param name="order">The order of the terms.</param>
    private static Tensor SumInOrder(Tensor terms, long[] order)
    {
        int pictures = terms.Shape[1];
        Tensor sum = tf.reduce_sum(terms, [0]);
        Tensor pairs = tf.reduce_sum(tf.reshape(tf.gather(terms, tf.constant(order)), [-1, 2, pictures]), [1]);
        Tensor inOrder = tf.reshape(tf.slice(tf.cumsum(pairs), [pairs.Shape[0] - 1, 0], [1, -1]), [pictures]);
        return sum + tf.stop_gradient(inOrder - sum);
    }

    private static Tensor HalfAsLarge(Tensor samples) => tf.nn.avg_pool(samples, [1, 1, 2, 2], [1, 1, 2, 2], "VALID", "NCHW");

    private static Tensor PlainMeans(Tensor samples) => tf.reduce_mean(tf.reshape(samples, [samples.Shape[0], -1]), [1]);

    private static Tensor PerSample(Tensor x) => tf.reshape(x, [-1, 1, 1, 1]);
}
