namespace StyleGan2.Encoder.Reports;

/// <summary>The distance after a step.</summary>
/// <param name="Step">The step, from 1.</param>
/// <param name="Distance">The distance from the picture.</param>
internal readonly record struct CurvePoint(int Step, float Distance);
