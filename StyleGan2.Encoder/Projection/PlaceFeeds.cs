namespace StyleGan2.Encoder.Projection;

/// <summary>What a step of a place of a <see cref="ProjectionBatch"/> depends on.</summary>
/// <param name="NoiseStrength">The strength of the noise added to dlatents.</param>
/// <param name="LearningRate">Adam's learning rate.</param>
/// <param name="Draw">Which draw of that noise it takes, from 0.</param>
internal readonly record struct PlaceFeeds(float NoiseStrength, float LearningRate, long Draw);
