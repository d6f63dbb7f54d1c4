namespace StyleGan2.Encoder.Projection;

/// <summary>A picture's projection was stopped on request, and a checkpoint of it is kept.</summary>
/// <param name="picture">The picture's name.</param>
/// <param name="step">How many steps were taken.</param>
/// <param name="steps">How many it has.</param>
/// <param name="cancellationToken">What asked it to stop.</param>
internal sealed class StoppedProjectionException(string picture, int step, int steps, CancellationToken cancellationToken)
    : OperationCanceledException($"step {step} of {steps} of {picture}", cancellationToken)
{
    /// <summary>The picture's name.</summary>
    internal string Picture { get; } = picture;
}
