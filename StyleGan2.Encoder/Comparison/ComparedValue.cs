namespace StyleGan2.Encoder.Comparison;

/// <summary>A value of a replayed projection held against the recorded one.</summary>
/// <param name="Step">The step, from 1; 0 for the start.</param>
/// <param name="Name">What is compared: <c>dist</c>, <c>loss</c>, <c>dlatents</c>, <c>images</c>, <c>noises</c>, ...</param>
/// <param name="Difference">How far it is off.</param>
/// <param name="Scatter">How far the reference's own runs are from each other in it, in relation to its largest value; null where that is
/// not known.</param>
internal sealed record ComparedValue(int Step, string Name, ArrayDifference Difference, double? Scatter);
