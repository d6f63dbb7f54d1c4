using Spectre.Console;
using Spectre.Console.Rendering;

namespace DatasetTool.CommandLine;

/// <summary>
/// Shows how far a command has come: bars below its lines on a terminal, a line now and then where the output is a file or a pipe.
/// </summary>
internal sealed class ProgressDisplay
{
    private const int WidestBar = 40, NarrowestBar = 8, ColumnsBesideBar = 84;

    /// <summary>What stands below the bars may be large.</summary>
    private static readonly TimeSpan s_refreshWithMore = TimeSpan.FromMilliseconds(500);

    private readonly ProgressContext? _bars;
    private readonly TextWriter _output;
    private readonly TimeProvider _time;

    /// <summary>A display where the output is a file or a pipe.</summary>
    internal ProgressDisplay(TextWriter output, TimeProvider time) => (_output, _time) = (output, time);

    private ProgressDisplay(ProgressContext bars)
        : this(Console.Out, TimeProvider.System) => _bars = bars;

    /// <summary>Does work and shows how far it has come.</summary>
    /// <param name="work">The work; the display is for its use on any thread.</param>
    /// <param name="below">What to show below the bars of a terminal; it may change at any time, and be nothing.</param>
    /// <returns>What the work returns.</returns>
    internal static T Show<T>(Func<ProgressDisplay, T> work, Func<IRenderable?>? below = null)
    {
        if (Console.IsOutputRedirected)
        {
            return work(new ProgressDisplay(Console.Out, TimeProvider.System));
        }

        Progress bars = AnsiConsole.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, Bar(), new StateColumn());
        if (below is not null)
        {
            bars.RenderHook = (shown, _) => below() is { } more ? new Rows(shown, more) : shown;
            bars.RefreshRate = s_refreshWithMore;
        }

        return bars.Start(context => work(new ProgressDisplay(context)));
    }

    /// <summary>Does work and shows how far it has come.</summary>
    /// <param name="work">The work; the display is for its use on any thread.</param>
    internal static void Show(Action<ProgressDisplay> work) =>
        Show(display =>
        {
            work(display);
            return true;
        });

    /// <summary>Whether there are bars: the output is a terminal.</summary>
    internal bool HasBars => _bars is not null;

    /// <summary>Begins a piece of work.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="total">How many steps it has; null if that is not known.</param>
    internal ShownTask Begin(string name, double? total = null) => new(this, name, total, _bars, _time);

    /// <summary>Writes what is done next, where no bar shows it.</summary>
    internal void Announce(string line)
    {
        if (_bars is null)
        {
            WriteLine(line);
        }
    }

    /// <summary>Writes a line, above the bars where there are any.</summary>
    internal void WriteLine(string line) => Write(line, _output, isTerminal: true);

    /// <summary>Writes an error in one line to standard error, above the bars where both are on one terminal.</summary>
    internal void WriteError(string error) =>
        Write($"Error: {error.ReplaceLineEndings(" ")}", Console.Error, isTerminal: !Console.IsErrorRedirected);

    private void Write(string line, TextWriter output, bool isTerminal)
    {
        if (_bars is null || !isTerminal)
        {
            output.WriteLine(line);
        }
        else
        {
            AnsiConsole.Write(new LineAboveBars(line));
        }
    }

    private static ProgressBarColumn Bar() =>
        new() { Width = Math.Clamp(AnsiConsole.Profile.Width - ColumnsBesideBar, NarrowestBar, WidestBar) };
}
