namespace StyleGan2.Encoder.Projection;

/// <summary>A step of a projection.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Distance">The distance of the generated picture from the target before the step, in the measure used.</param>
/// <param name="Loss">What was minimised, before the step.</param>
public readonly record struct ProjectionStep(int Number, float Distance, float Loss);
