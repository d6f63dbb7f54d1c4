using DatasetTool.CommandLine;
using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Watching;

/// <summary>
/// Shows the progress of a run: lines for what is finished or has failed; on a terminal a bar for the work at hand and one for all
/// pictures, elsewhere a line now and then.
/// </summary>
/// <param name="display">Where lines and bars go.</param>
/// <param name="time">The clock.</param>
internal sealed class RunView(ProgressDisplay display, TimeProvider time) : IRunProgress
{
    private const int LongestName = 20;

    private readonly List<TimeSpan> _times = [];
    private ShownTask? _task;
    private ShownTask? _all;
    private Pace _pace = new(time);
    private int _steps, _done, _pictures, _ended;

    /// <inheritdoc/>
    public void Note(string line) => display.WriteLine(line);

    /// <inheritdoc/>
    public void Announce(string line) => display.Announce(line);

    /// <inheritdoc/>
    public void Expect(int pictures)
    {
        _task?.Dispose();
        (_task, _pictures) = (null, pictures);
        _all = display.HasBars ? display.Begin($"All {pictures} pictures", pictures) : null;
        _all?.Report(0, AllState);
    }

    /// <inheritdoc/>
    public void Begin(string name, int steps, int done = 0)
    {
        _task?.Dispose();
        _task = display.Begin(Shortened(name), steps);
        (_steps, _done, _pace) = (steps, done, new Pace(time));
    }

    /// <inheritdoc/>
    public void Step(double? distance = null)
    {
        _done++;
        _pace.Report(_done);
        _task?.Report(_done, distance is { } d ? $"{PictureState(d)}{(display.HasBars ? "" : $"; {AllState}")}" : null);
        _all?.Report(_ended + ((double)_done / _steps), AllState);
    }

    /// <inheritdoc/>
    public void Finished(ProjectedPicture picture)
    {
        _times.Add(picture.Time);
        string error = picture.MeanAbsoluteError is { } e ? $"mean absolute error {e:F2} of 255, " : "";
        display.WriteLine($"{picture.Name}: distance {picture.Distance:G4}, {error}{picture.Time.TotalSeconds:F1} s");
        End();
    }

    /// <inheritdoc/>
    public void PassedOver() => End();

    /// <inheritdoc/>
    public void Failed(string name, string reason)
    {
        display.WriteError(reason);
        End();
    }

    private static string Shortened(string name) => name.Length <= LongestName ? name : $"{name[..(LongestName - 1)]}\u2026";

    private string PictureState(double distance)
    {
        string rate = _pace.PerSecond is { } r ? $", {r:G3} steps/s" : "";
        return $"{_done} / {_steps}, distance {distance:G4}{rate}{Left(_pace.TimeOf(_steps - _done))}";
    }

    private string AllState => $"{_ended} done, {_pictures - _ended} to come{Left(LeftOfAll())}";

    /// <summary>The picture at hand at its own pace, those to come at the pace of those finished.</summary>
    private TimeSpan? LeftOfAll()
    {
        TimeSpan? each = _times.Count > 0 ? TimeSpan.FromTicks((long)_times.Average(t => t.Ticks)) : _pace.TimeOf(_steps);
        bool isBetween = _done == _steps;
        return each is null || isBetween ? each * (_pictures - _ended) : _pace.TimeOf(_steps - _done) + (each * (_pictures - _ended - 1));
    }

    private static string Left(TimeSpan? time) => time is { } left ? $", {ShownTime.Of(left)} left" : "";

    /// <summary>A picture is over. Pictures that fail before the first one is begun are not among those expected.</summary>
    private void End()
    {
        if (_ended < _pictures)
        {
            _ended++;
            _all?.Report(_ended, AllState);
        }
    }
}
