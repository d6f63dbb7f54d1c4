namespace DatasetTool.CommandLine;

/// <summary>How fast a piece of work goes. Its first step is left out: it prepares what the others use.</summary>
/// <param name="time">The clock.</param>
internal sealed class Pace(TimeProvider time)
{
    private long _start;
    private double _first = double.NaN;
    private double _done;

    /// <summary>Steps in a second; null where too few are done to tell.</summary>
    internal double? PerSecond =>
        _done > _first && time.GetElapsedTime(_start) is { Ticks: > 0 } elapsed ? (_done - _first) / elapsed.TotalSeconds : null;

    /// <summary>So many steps are done.</summary>
    internal void Report(double done)
    {
        _done = done;
        if (double.IsNaN(_first))
        {
            (_first, _start) = (done, time.GetTimestamp());
        }
    }

    /// <summary>The time that so many more steps take; null where that cannot be told.</summary>
    internal TimeSpan? TimeOf(double steps) => PerSecond is { } rate ? TimeSpan.FromSeconds(Math.Min(steps / rate, 1e9)) : null;
}
