namespace StyleGan2.Encoder.Projection;

/// <summary>How one picture's projection went.</summary>
/// <param name="Distance">The last step's distance from the picture, in the measure used.</param>
/// <param name="MeanAbsoluteError">Mean absolute difference of result and picture, in levels from 0 to 255.</param>
/// <param name="Time">How long it took, with reading and writing.</param>
public sealed record ProjectionResult(float Distance, double MeanAbsoluteError, TimeSpan Time);
