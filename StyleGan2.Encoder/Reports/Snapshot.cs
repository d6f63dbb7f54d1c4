namespace StyleGan2.Encoder.Reports;

/// <summary>A picture on the way.</summary>
/// <param name="Step">The step after which it was taken.</param>
/// <param name="Image">The picture, as a data URI.</param>
internal sealed record Snapshot(int Step, string Image);
