namespace StyleGan2.Encoder.Comparison;

/// <summary>What a replay shows as a whole.</summary>
/// <param name="hasScatter">Whether the recording knows how far the reference scatters from itself; then ten times that is allowed, and
/// 1e-6 where it does not scatter.</param>
/// <param name="bound">The largest relative difference allowed where it does not know.</param>
internal sealed class ReplayVerdict(bool hasScatter, double bound)
{
    private const double AllowedScatters = 10;
    private const double AllowedWithoutScatter = 1e-6;

    private static readonly string[] s_judgedWithoutScatter = ["dlatent_avg", "initial_images", "dist", "loss", "dlatents", "images"];

    /// <summary>The first value, in the order of the steps, whose bits differ; null where there is none.</summary>
    internal ComparedValue? FirstDifferent { get; private set; }

    /// <summary>The value that is furthest from the recorded one in relation to what is allowed.</summary>
    internal ComparedValue? Worst { get; private set; }

    /// <summary>How much of what is allowed <see cref="Worst"/> takes; more than 1 is not within.</summary>
    internal double WorstShare { get; private set; }

    /// <summary>Whether every value is within what is allowed.</summary>
    internal bool IsWithin => WorstShare <= 1;

    /// <summary>Takes a value into account.</summary>
    internal void Add(ComparedValue value)
    {
        FirstDifferent ??= value.Difference.SameBits ? null : value;
        if (Allowed(value) is { } allowed && (Worst is null || value.Difference.Relative / allowed > WorstShare))
        {
            (Worst, WorstShare) = (value, value.Difference.Relative / allowed);
        }
    }

    /// <summary>The relative difference allowed in a value; null where it is shown but not judged.</summary>
    internal double? Allowed(ComparedValue value) =>
        hasScatter
            ? value.Scatter is { } scatter ? (scatter == 0 ? AllowedWithoutScatter : AllowedScatters * scatter) : null
            : s_judgedWithoutScatter.Contains(value.Name) ? bound : null;
}
