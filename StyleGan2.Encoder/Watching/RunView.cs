using DatasetTool.CommandLine;
using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Watching;

/// <summary>
/// Shows the progress of a run: lines for what is finished or has failed; on a terminal a bar for each piece of work at hand and one for
/// all pictures, elsewhere a line now and then.
/// </summary>
/// <param name="display">Where lines and bars go.</param>
/// <param name="time">The clock.</param>
internal sealed class RunView(ProgressDisplay display, TimeProvider time) : IRunProgress
{
    private const int LongestName = 20;

    private readonly Dictionary<string, ShownWork> _atHand = [];
    private readonly List<TimeSpan> _times = [];
    private ShownTask? _all;
    private int _pictures, _ended, _atOnce = 1;

    /// <inheritdoc/>
    public void Note(string line) => display.WriteLine(line);

    /// <inheritdoc/>
    public void Announce(string line) => display.Announce(line);

    /// <inheritdoc/>
    public void Expect(int pictures)
    {
        EndDone();
        _pictures = pictures;
        _all = display.HasBars ? display.Begin($"All {pictures} pictures", pictures) : null;
        _all?.Report(0, AllState);
    }

    /// <inheritdoc/>
    public void Begin(string name, int steps, int done = 0)
    {
        EndDone();
        End(name);
        _atHand.Add(name, new ShownWork(display.Begin(Shortened(name), steps), steps, done, new Pace(time)));
        _atOnce = Math.Max(_atOnce, _atHand.Count);
    }

    /// <inheritdoc/>
    public void Step(string name, double? distance = null)
    {
        ShownWork work = _atHand[name];
        work.Step();
        work.Task.Report(
            work.Done, distance is { } d ? $"{StateOf(work, d)}{(display.HasBars ? "" : $"; {AllState}")}" : null);
        ReportAll();
    }

    /// <inheritdoc/>
    public void Finished(ProjectedPicture picture)
    {
        _times.Add(picture.Time);
        string error = picture.MeanAbsoluteError is { } e ? $"mean absolute error {e:F2} of 255, " : "";
        display.WriteLine($"{picture.Name}: distance {picture.Distance:G4}, {error}{picture.Time.TotalSeconds:F1} s");
        EndPicture(picture.Name);
    }

    /// <inheritdoc/>
    public void PassedOver() => CountEnded();

    /// <inheritdoc/>
    public void Failed(string name, string reason)
    {
        display.WriteError(reason);
        EndPicture(name);
    }

    private static string Shortened(string name) => name.Length <= LongestName ? name : $"{name[..(LongestName - 1)]}\u2026";

    private static string StateOf(ShownWork work, double distance)
    {
        string rate = work.StepsPerSecond is { } r ? $", {r:G3} steps/s" : "";
        return $"{work.Done} / {work.Steps}, distance {distance:G4}{rate}{Left(work.TimeLeft)}";
    }

    private void ReportAll() => _all?.Report(_ended + _atHand.Values.Sum(w => (double)w.Done / w.Steps), AllState);

    private string AllState => $"{_ended} done, {_pictures - _ended} to come{Left(LeftOfAll())}";

    /// <summary>
    /// The pictures at hand at their own pace, those to come at the pace of those finished, as many at once as there were.
    /// </summary>
    private TimeSpan? LeftOfAll()
    {
        TimeSpan? each = _times.Count > 0
            ? TimeSpan.FromTicks((long)_times.Average(t => t.Ticks))
            : _atHand.Values.Max(w => w.TimeOfAll);
        TimeSpan?[] atHand = [.. _atHand.Values.Select(w => w.TimeLeft)];
        if (each is null || atHand.Contains(null))
        {
            return null;
        }

        TimeSpan left = (each.Value * (_pictures - _ended - atHand.Length)) + TimeSpan.FromTicks(atHand.Sum(t => t!.Value.Ticks));
        TimeSpan longest = atHand.Length > 0 ? atHand.Max()!.Value : TimeSpan.Zero;
        return TimeSpan.FromTicks(Math.Max(longest.Ticks, left.Ticks / _atOnce));
    }

    private static string Left(TimeSpan? time) => time is { } left ? $", {ShownTime.Of(left)} left" : "";

    /// <summary>A picture is over. Pictures that fail before the first one is begun are not among those expected.</summary>
    private void EndPicture(string name)
    {
        End(name);
        CountEnded();
    }

    private void CountEnded()
    {
        if (_ended < _pictures)
        {
            _ended++;
            ReportAll();
        }
    }

    private void EndDone() => Array.ForEach([.. _atHand.Where(w => w.Value.Done == w.Value.Steps).Select(w => w.Key)], End);

    private void End(string name)
    {
        if (_atHand.Remove(name, out ShownWork? work))
        {
            work.Task.Dispose();
        }
    }
}
