namespace StyleGan2.Encoder.Results;

/// <summary>How the projection of a picture ended.</summary>
/// <param name="Name">The picture's name.</param>
/// <param name="Distance">The distance reached, in the measure used.</param>
/// <param name="MeanAbsoluteError">The mean difference from the picture, in levels of 255; null where it was not taken.</param>
/// <param name="Time">How long it took.</param>
public sealed record ProjectedPicture(string Name, double Distance, double? MeanAbsoluteError, TimeSpan Time);
