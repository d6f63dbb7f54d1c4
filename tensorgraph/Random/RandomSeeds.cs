namespace TensorGraph.Random;

/// <summary>The two seeds of a random operation, by TensorFlow's rule (<c>tf.random.get_seed</c>).</summary>
internal static class RandomSeeds
{
    private const long DefaultGraphSeed = 87654321;
    private const long Modulus = int.MaxValue;

    /// <summary>The operation's <c>seed</c> and <c>seed2</c>.</summary>
    /// <param name="graphSeed">The graph-level seed, null if not set.</param>
    /// <param name="opSeed">The seed given for the operation, null if none.</param>
    /// <param name="operations">How many operations the graph has so far, the operation's seed where it has none.</param>
    /// <returns>Two seeds; drawn at random where neither graph nor operation has one.</returns>
    internal static (long Seed, long Seed2) Of(long? graphSeed, long? opSeed, int operations)
    {
        if (graphSeed is null && opSeed is null)
        {
            return (System.Random.Shared.NextInt64(), System.Random.Shared.NextInt64());
        }

        (long, long) seeds = (Reduce(graphSeed ?? DefaultGraphSeed), Reduce(opSeed ?? operations));
        return seeds == (0, 0) ? (0, Modulus) : seeds;
    }

    private static long Reduce(long seed) => ((seed % Modulus) + Modulus) % Modulus;
}
