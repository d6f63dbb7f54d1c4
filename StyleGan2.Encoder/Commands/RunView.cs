using DatasetTool.CommandLine;
using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Commands;

/// <summary>Shows the progress of a run: lines for what is finished or has failed, and a bar for the work at hand.</summary>
internal sealed class RunView(ProgressDisplay display) : IRunProgress
{
    private ShownTask? _task;

    /// <inheritdoc/>
    public void Note(string line) => display.WriteLine(line);

    /// <inheritdoc/>
    public void Announce(string line) => display.Announce(line);

    /// <inheritdoc/>
    public void Begin(string name, int steps)
    {
        _task?.Dispose();
        _task = display.Begin(name, steps);
    }

    /// <inheritdoc/>
    public void Step() => _task?.Advance();

    /// <inheritdoc/>
    public void Failed(string reason) => display.WriteError(reason);
}
