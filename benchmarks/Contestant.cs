namespace StyleGan2.Encoder.Benchmarks;

/// <summary>One of several jobs that are timed in turn.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Run">The job.</param>
/// <param name="Prepare">Done before each run, untimed.</param>
/// <param name="Finish">Done after each run, untimed.</param>
internal sealed record Contestant(string Name, Action Run, Action? Prepare = null, Action? Finish = null)
{
    private readonly List<Cost> _costs = [];

    /// <summary>What each timed run took.</summary>
    internal IReadOnlyList<Cost> Costs => _costs;

    /// <summary>
    /// Times contestants in turn, round after round, after one that does not count. Load on the machine then meets all alike.
    /// </summary>
    internal static void Compete(int rounds, params IReadOnlyList<Contestant> contestants)
    {
        for (int round = 0; round <= rounds; round++)
        {
            foreach (Contestant contestant in contestants)
            {
                Cost cost = contestant.RunOnce();
                if (round > 0)
                {
                    contestant._costs.Add(cost);
                }
            }
        }
    }

    /// <summary>The least seconds on the clock of all rounds: what the job takes when others leave the machine to it.</summary>
    internal double Least => _costs.Min(c => c.Wall);

    /// <summary>The median of a figure over the rounds.</summary>
    internal double Median(Func<Cost, double> figure) => Middle(_costs.Select(figure));

    /// <summary>The median over the rounds of how many times longer another contestant took.</summary>
    internal double Speedup(Contestant other, Func<Cost, double> figure) =>
        Middle(_costs.Zip(other._costs, (own, others) => figure(others) / figure(own)));

    private Cost RunOnce()
    {
        Prepare?.Invoke();
        Cost cost = Cost.Of(Run);
        Finish?.Invoke();
        return cost;
    }

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
