using Spectre.Console;
using StyleGan2.Encoder.Projection;

namespace StyleGan2.Encoder.Commands;

/// <summary>Shows how far <see cref="ProjectImages"/> has come: bars on a terminal, a line for each picture elsewhere. Failures are listed last.</summary>
internal sealed class ProjectImagesView : IProjectImagesProgress
{
    private readonly ProgressContext? _bars;
    private readonly List<string> _failures = [];
    private ProgressTask? _bar;

    private ProjectImagesView(ProgressContext? bars) => _bars = bars;

    /// <summary>Does the work and shows it.</summary>
    /// <returns>How many pictures failed.</returns>
    internal static int Show(Func<IProjectImagesProgress, int> work) =>
        AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? AnsiConsole.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context => new ProjectImagesView(context).Do(work))
            : new ProjectImagesView(null).Do(work);

    /// <inheritdoc/>
    public void Note(string message)
    {
        if (_bars is null)
        {
            Console.WriteLine(message);
        }
        else
        {
            AnsiConsole.WriteLine(message);
        }
    }

    /// <inheritdoc/>
    public void Started(string picture, int steps)
    {
        if (_bars is null)
        {
            Note($"Projecting image \"{Path.GetFileName(picture)}\"...");
        }

        _bar = _bars?.AddTask(Markup.Escape(Path.GetFileName(picture)), maxValue: steps);
    }

    /// <inheritdoc/>
    public void Stepped() => _bar?.Increment(1);

    /// <inheritdoc/>
    public void Finished(string picture, ProjectionResult result)
    {
        _bar?.StopTask();
        Note($"{Path.GetFileName(picture)}: distance {result.Distance:G4}, mean absolute error {result.MeanAbsoluteError:F2} of 255, {result.Time.TotalSeconds:F1} s");
    }

    /// <inheritdoc/>
    public void Failed(string picture, string reason)
    {
        _bar?.StopTask();
        _failures.Add(reason.ReplaceLineEndings(" "));
    }

    private int Do(Func<IProjectImagesProgress, int> work)
    {
        try
        {
            return work(this);
        }
        finally
        {
            _failures.ForEach(f => Console.Error.WriteLine($"Error: {f}"));
        }
    }
}
