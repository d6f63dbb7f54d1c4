namespace StyleGan2.Encoder.Projection;

/// <summary>Settings of <see cref="Projector"/>, named and defaulted as the attributes of Python's <c>projector.Projector</c>.</summary>
public sealed record ProjectorOptions
{
    /// <summary>Optimisation steps a picture.</summary>
    public int NumSteps { get; init; } = 1000;

    /// <summary>Random latents from which the statistics of W are taken.</summary>
    public int DlatentAvgSamples { get; init; } = 10000;

    /// <summary>Adam's learning rate between ramp-up and ramp-down.</summary>
    public double InitialLearningRate { get; init; } = 0.1;

    /// <summary>Noise added to dlatents at the start, in standard deviations of W.</summary>
    public double InitialNoiseFactor { get; init; } = 0.05;

    /// <summary>The last part of the steps, in which the learning rate falls to zero along a cosine.</summary>
    public double LrRampdownLength { get; init; } = 0.25;

    /// <summary>The first part of the steps, in which the learning rate rises linearly from zero.</summary>
    public double LrRampupLength { get; init; } = 0.05;

    /// <summary>The first part of the steps, in which noise is added to dlatents.</summary>
    public double NoiseRampLength { get; init; } = 0.75;

    /// <summary>Weight of the noise maps' correlation with themselves in the loss.</summary>
    public double RegularizeNoiseWeight { get; init; } = 1e5;

    /// <summary>Decay of the gradients' mean in Adam.</summary>
    public double AdamBeta1 { get; init; } = 0.9;

    /// <summary>Decay of the squared gradients' mean in Adam.</summary>
    public double AdamBeta2 { get; init; } = 0.999;

    /// <summary>Seeds of a recorded run's random operations; null draws from the graph's own.</summary>
    public OpSeeds? OpSeeds { get; init; }

    /// <summary>Checks that every setting is within its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not; the message names it.</exception>
    public void Validate()
    {
        Require(NumSteps >= 1, NumSteps, nameof(NumSteps));
        Require(DlatentAvgSamples >= 1, DlatentAvgSamples, nameof(DlatentAvgSamples));
        Require(InitialLearningRate >= 0, InitialLearningRate, nameof(InitialLearningRate));
        Require(InitialNoiseFactor >= 0, InitialNoiseFactor, nameof(InitialNoiseFactor));
        Require(LrRampdownLength > 0, LrRampdownLength, nameof(LrRampdownLength));
        Require(LrRampupLength > 0, LrRampupLength, nameof(LrRampupLength));
        Require(NoiseRampLength > 0, NoiseRampLength, nameof(NoiseRampLength));
        Require(RegularizeNoiseWeight >= 0, RegularizeNoiseWeight, nameof(RegularizeNoiseWeight));
        Require(AdamBeta1 is >= 0 and < 1, AdamBeta1, nameof(AdamBeta1));
        Require(AdamBeta2 is >= 0 and < 1, AdamBeta2, nameof(AdamBeta2));
    }

    private static void Require(bool isInRange, double value, string name)
    {
        if (!isInRange || !double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(
                name, value, "out of range: numbers are finite, counts and lengths above 0, the others not negative");
        }
    }
}
