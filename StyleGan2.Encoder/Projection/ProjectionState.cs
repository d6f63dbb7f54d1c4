using NumSharp;

namespace StyleGan2.Encoder.Projection;

/// <summary>
/// All that a projection is after a step. A projector that takes it over goes on with the bits of one that was never stopped.
/// </summary>
/// <param name="Step">How many steps were taken.</param>
/// <param name="Draws">How often the dlatents' noise was drawn since the start.</param>
/// <param name="Dlatents">The dlatents, float32 [1, layers, size].</param>
/// <param name="Noises">The noise maps, each float32 [1, 1, height, width].</param>
/// <param name="Optimizer">Adam's powers, means and squares.</param>
public sealed record ProjectionState(
    int Step, long Draws, NDArray Dlatents, IReadOnlyList<NDArray> Noises, IReadOnlyList<NDArray> Optimizer);
