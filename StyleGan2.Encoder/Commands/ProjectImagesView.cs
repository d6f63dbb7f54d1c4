using DatasetTool.CommandLine;
using StyleGan2.Encoder.Projection;

namespace StyleGan2.Encoder.Commands;

/// <summary>Shows the progress of <see cref="ProjectImages"/>: a line for each finished picture, and a list of failures at the end.</summary>
internal sealed class ProjectImagesView : IProjectImagesProgress
{
    private readonly ProgressDisplay _display;
    private readonly List<string> _failures;
    private ShownTask? _task;

    private ProjectImagesView(ProgressDisplay display, List<string> failures) => (_display, _failures) = (display, failures);

    /// <summary>Does the work and shows it.</summary>
    /// <returns>How many pictures failed.</returns>
    internal static int Show(Func<IProjectImagesProgress, int> work)
    {
        List<string> failures = [];
        try
        {
            return ProgressDisplay.Show(display => work(new ProjectImagesView(display, failures)));
        }
        finally
        {
            failures.ForEach(f => Console.Error.WriteLine($"Error: {f}"));
        }
    }

    /// <inheritdoc/>
    public void Note(string message) => _display.WriteLine(message);

    /// <inheritdoc/>
    public void Started(string picture, int steps)
    {
        _display.WriteLine($"Projecting image \"{Path.GetFileName(picture)}\"...");
        _task = _display.Begin(Path.GetFileName(picture), steps);
    }

    /// <inheritdoc/>
    public void Stepped() => _task?.Advance();

    /// <inheritdoc/>
    public void Finished(string picture, ProjectionResult result)
    {
        _task?.Dispose();
        _display.WriteLine(
            $"{Path.GetFileName(picture)}: distance {result.Distance:G4}, mean absolute error {result.MeanAbsoluteError:F2} of 255, {result.Time.TotalSeconds:F1} s");
    }

    /// <inheritdoc/>
    public void Failed(string picture, string reason)
    {
        _task?.Dispose();
        _failures.Add(reason.ReplaceLineEndings(" "));
    }
}
