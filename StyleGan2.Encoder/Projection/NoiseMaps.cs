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
        (Tensor Product, int Index)[] products = [.. noises.SelectMany(v => Scales(v)).SelectMany(ProductsWithNeighbours).Select((p, i) => (p, i))];
        (Tensor Product, int Index)[][] bySize = [.. products.GroupBy(p => p.Product.Shape.Elements!.Value).Select(g => g.ToArray())];
        Tensor squares = tf.concat([.. bySize.Select(g => tf.square(Means([.. g.Select(p => p.Product)])))], 0);
        int[] places = [.. bySize.SelectMany(g => g).Select((p, place) => (p.Index, place)).OrderBy(p => p.Index).Select(p => p.place)];

        // Gradients flow through the plain sum, which its correction makes the reference's: map after map, scale after scale.
        Tensor sum = tf.reduce_sum(squares);
        Tensor scales = tf.reduce_sum(tf.reshape(tf.gather(squares, tf.constant(Array.ConvertAll(places, p => (long)p))), [-1, 2]), [1]);
        Tensor asReference = tf.reshape(tf.slice(tf.cumsum(scales, 0), [0], [-1], [int.MaxValue]), []);
        return sum + tf.stop_gradient(asReference - sum);
    }

    /// <summary>Each map with zero mean and unit standard deviation.</summary>
    internal static IEnumerable<Tensor> Normalized(IReadOnlyList<Tensor> maps)
    {
        IEnumerable<(Tensor Map, int Index)> indexed = maps.Select((map, i) => (map, i));
        IEnumerable<(Tensor Map, int Index)> normalized = indexed.GroupBy(m => m.Map.Shape[2]).SelectMany(NormalizedOfOneSize);
        return normalized.OrderBy(m => m.Index).Select(m => m.Map);
    }

    private static IEnumerable<(Tensor Map, int Index)> NormalizedOfOneSize(IEnumerable<(Tensor Map, int Index)> maps)
    {
        (Tensor Map, int Index)[] all = [.. maps];
        Tensor means = TensorFlowSums.MeansOf([.. all.Select(m => m.Map)]);
        Tensor[] centered = [.. all.Select((m, i) => m.Map - tf.slice(means, [0], [i], [i + 1]))];
        Tensor deviations = tf.sqrt(TensorFlowSums.MeansOf([.. centered.Select(c => tf.square(c))]));
        return centered.Select((c, i) => (c / tf.slice(deviations, [0], [i], [i + 1]), all[i].Index));
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

        // Gradients flow through the plain means, which their correction makes TensorFlow's.
        return means + tf.stop_gradient(TensorFlowSums.MeansOf(values) - means);
    }
}
