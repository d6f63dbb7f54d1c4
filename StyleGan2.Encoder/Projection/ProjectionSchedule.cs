namespace StyleGan2.Encoder.Projection;

/// <summary>How learning rate and noise change over the steps of a projection.</summary>
/// <param name="options">The projection's settings.</param>
internal sealed class ProjectionSchedule(ProjectorOptions options)
{
    /// <summary>The noise added to dlatents in a step, in their own units.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="dlatentStd">The standard deviation of W.</param>
    internal double NoiseStrength(int step, double dlatentStd)
    {
        double ramp = Math.Max(0.0, 1.0 - (Time(step) / options.NoiseRampLength));
        return dlatentStd * options.InitialNoiseFactor * (ramp * ramp);
    }

    /// <summary>Adam's learning rate in a step.</summary>
    /// <param name="step">The step, from 0.</param>
    internal double LearningRate(int step)
    {
        double t = Time(step);
        double ramp = Math.Min(1.0, (1.0 - t) / options.LrRampdownLength);
        ramp = 0.5 - (0.5 * Math.Cos(ramp * Math.PI));
        return options.InitialLearningRate * (ramp * Math.Min(1.0, t / options.LrRampupLength));
    }

    private double Time(int step) => (double)step / options.NumSteps;
}
