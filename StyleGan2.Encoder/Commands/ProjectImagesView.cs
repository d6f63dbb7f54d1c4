using DatasetTool.CommandLine;
using StyleGan2.Encoder.Projection;

namespace StyleGan2.Encoder.Commands;

/// <summary>
/// Shows the progress of <see cref="ProjectImages"/>: a line for each picture that is finished or has failed, and a bar for the one at
/// work.
/// </summary>
internal sealed class ProjectImagesView(ProgressDisplay display) : IProjectImagesProgress
{
    private ShownTask? _task;

    /// <inheritdoc/>
    public void Note(string message) => display.WriteLine(message);

    /// <inheritdoc/>
    public void Checking(int pictures) => Begin("Checking images", pictures, null);

    /// <inheritdoc/>
    public void Started(string picture, int steps) => Begin(picture, steps, $"Projecting image \"{picture}\"...");

    /// <inheritdoc/>
    public void Stepped() => _task?.Advance();

    /// <inheritdoc/>
    public void Finished(string picture, ProjectionResult result)
    {
        _task?.Dispose();
        display.WriteLine(
            $"{picture}: distance {result.Distance:G4}, mean absolute error {result.MeanAbsoluteError:F2} of 255, "
                + $"{result.Time.TotalSeconds:F1} s");
    }

    /// <inheritdoc/>
    public void Failed(string picture, string reason) => display.WriteError(reason);

    private void Begin(string name, int steps, string? announcement)
    {
        _task?.Dispose();
        _task = display.Begin(name, steps, announcement);
    }
}
