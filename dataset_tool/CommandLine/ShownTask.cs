using Spectre.Console;

namespace DatasetTool.CommandLine;

/// <summary>A piece of work whose progress a <see cref="ProgressDisplay"/> shows until it is disposed.</summary>
internal sealed class ShownTask : IDisposable
{
    /// <summary>The time between two lines: more of them while work is new, fewer when it takes long.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10), s_laterInterval = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_later = TimeSpan.FromMinutes(2);

    private readonly ProgressDisplay _display;
    private readonly string _name;
    private readonly double? _total;
    private readonly TimeProvider _time;
    private readonly Pace _pace;
    private readonly ProgressTask? _bar;
    private double _done;
    private readonly long _begun;
    private long _lineWritten;

    internal ShownTask(ProgressDisplay display, string name, double? total, ProgressContext? bars, TimeProvider time)
    {
        (_display, _name, _total, _time) = (display, name, total, time);
        _begun = _lineWritten = time.GetTimestamp();
        _pace = new Pace(time);
        _pace.Report(0);
        _bar = bars?.AddTask(Markup.Escape(name), maxValue: Math.Max(1, total ?? 1));
        _bar?.IsIndeterminate(total is null);
    }

    /// <summary>One more step is done.</summary>
    internal void Advance() => Report(_done + 1);

    /// <summary>So many steps are done.</summary>
    /// <param name="done">How many.</param>
    /// <param name="state">What to say of it; the number and the time left if left out.</param>
    internal void Report(double done, string? state = null)
    {
        _done = done;
        _pace.Report(done);
        if (_bar is not null)
        {
            _bar.Value = _total is null ? 0 : done;
            StateColumn.Set(_bar, state ?? State);
        }
        else if (_time.GetElapsedTime(_lineWritten) >= (_time.GetElapsedTime(_begun) > s_later ? s_laterInterval : s_interval))
        {
            _lineWritten = _time.GetTimestamp();
            _display.WriteLine($"{_name} {state ?? State}".TrimStart());
        }
    }

    /// <summary>The work is over; its bar goes away.</summary>
    public void Dispose() => _bar?.StopTask();

    private string State =>
        _total is not { } total ? $"{_done}"
            : _pace.TimeOf(total - _done) is { } left ? $"{_done} / {total}, {ShownTime.Of(left)} left"
            : $"{_done} / {total}";
}
