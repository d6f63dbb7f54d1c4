using Spectre.Console;

namespace DatasetTool.CommandLine;

/// <summary>A piece of work whose progress a <see cref="ProgressDisplay"/> shows until it is disposed.</summary>
public sealed class ShownTask : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    private readonly ProgressDisplay _display;
    private readonly string _name;
    private readonly double? _total;
    private readonly TimeProvider _time;
    private readonly ProgressTask? _bar;
    private double _done;
    private long _lineWritten;

    internal ShownTask(ProgressDisplay display, string name, double? total, ProgressContext? bars, TimeProvider time)
    {
        (_display, _name, _total, _time, _lineWritten) = (display, name, total, time, time.GetTimestamp());
        _bar = bars?.AddTask(Markup.Escape(name), maxValue: Math.Max(1, total ?? 1));
        _bar?.IsIndeterminate(total is null);
    }

    /// <summary>One more step is done.</summary>
    public void Advance() => Report(_done + 1);

    /// <summary>So many steps are done.</summary>
    /// <param name="done">How many.</param>
    /// <param name="state">What there is to say of it beyond the number; nothing if left out.</param>
    public void Report(double done, string? state = null)
    {
        _done = done;
        if (_bar is not null)
        {
            (_bar.Value, _bar.Description) = (_total is null ? 0 : done, Markup.Escape($"{_name} {state ?? Count}".TrimStart()));
        }
        else if (_time.GetElapsedTime(_lineWritten) >= s_interval)
        {
            _lineWritten = _time.GetTimestamp();
            _display.WriteLine($"{_name} {state ?? Count}".TrimStart());
        }
    }

    /// <summary>The work is over; its bar goes away.</summary>
    public void Dispose() => _bar?.StopTask();

    private string Count => _total is { } total ? $"{_done} / {total}" : $"{_done}";
}
