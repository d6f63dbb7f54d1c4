using DatasetTool.CommandLine;

namespace StyleGan2.Encoder.Watching;

/// <summary>A piece of work that <see cref="RunView"/> shows, such as a picture's projection.</summary>
internal sealed class ShownWork(ShownTask task, int steps, int done, Pace pace)
{
    /// <summary>Its bar, or its lines.</summary>
    internal ShownTask Task => task;

    /// <summary>How many steps it has.</summary>
    internal int Steps => steps;

    /// <summary>How many are done.</summary>
    internal int Done { get; private set; } = done;

    /// <summary>Its pace; null until it is known.</summary>
    internal double? StepsPerSecond => pace.PerSecond;

    /// <summary>How long the steps that are left take; null until the pace is known.</summary>
    internal TimeSpan? TimeLeft => pace.TimeOf(steps - Done);

    /// <summary>How long all steps take; null until the pace is known.</summary>
    internal TimeSpan? TimeOfAll => pace.TimeOf(steps);

    /// <summary>One more is done.</summary>
    internal void Step() => pace.Report(++Done);
}
