namespace StyleGan2.Encoder.Projection;

/// <summary>A picture's projection was stopped on request, and a checkpoint of it is kept.</summary>
/// <param name="place">How far it had come, such as <c>step 3 of 1000 of a.png</c>.</param>
/// <param name="cancellationToken">What asked it to stop.</param>
internal sealed class StoppedProjectionException(string place, CancellationToken cancellationToken)
    : OperationCanceledException(place, cancellationToken)
{
    /// <summary>How far it had come.</summary>
    internal string Place => Message;
}
