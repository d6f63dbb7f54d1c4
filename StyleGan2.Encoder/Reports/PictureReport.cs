using System.Diagnostics;
using System.Text.Json.Nodes;
using NumSharp;

namespace StyleGan2.Encoder.Reports;

/// <summary>Keeps a report up to date while a picture is projected.</summary>
internal sealed class PictureReport
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    private readonly Report _report;
    private readonly NDArray _target;
    private readonly HashSet<int> _snapshotSteps;
    private readonly List<Snapshot> _snapshots;
    private readonly DistanceCurve _curve;
    private PictureEntry _entry;
    private long _updated = Stopwatch.GetTimestamp();

    /// <summary>Begins with a picture; where its projection goes on, with what was shown of it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="begun">The picture, its settings, and the step that its projection goes on from.</param>
    /// <param name="target">The picture, float32 [1, channels, height, width] in [-1, 1].</param>
    /// <param name="snapshotSteps">The steps after which pictures on the way are taken.</param>
    internal PictureReport(Report report, PictureEntry begun, NDArray target, IEnumerable<int> snapshotSteps)
    {
        (_report, _target, _snapshotSteps) = (report, target, [.. snapshotSteps]);
        PictureEntry? before = begun.Step > 0 ? report.Find(begun.Position, begun.ResultName) : null;
        _snapshots = [.. (before?.Snapshots ?? []).Where(s => s.Step <= begun.Step)];
        _curve = new DistanceCurve((before?.Curve ?? []).Where(p => p.Step <= begun.Step));
        _entry = begun with { Source = EmbeddedPicture.Of(target) };
    }

    /// <summary>A step was taken.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="distance">The distance from the picture.</param>
    /// <param name="current">Makes the picture reached so far.</param>
    internal void Step(int number, float distance, Func<NDArray> current)
    {
        _curve.Add(new CurvePoint(number, distance));
        _entry = _entry with { Step = number };
        bool isDue = number < _entry.Steps && Stopwatch.GetElapsedTime(_updated) >= s_interval;
        if (!isDue && !_snapshotSteps.Contains(number))
        {
            return;
        }

        NDArray images = current();
        if (_snapshotSteps.Contains(number))
        {
            _snapshots.Add(new Snapshot(number, EmbeddedPicture.Small(images)));
        }

        if (isDue)
        {
            Update(images);
        }
    }

    /// <summary>Keeps what is known so far, so that a projection that is stopped can go on with it.</summary>
    /// <param name="current">Makes the picture reached so far.</param>
    internal void Keep(Func<NDArray> current) => Update(current());

    /// <summary>The picture is projected.</summary>
    /// <param name="images">The picture found.</param>
    /// <param name="outcome">Distance, error, time.</param>
    /// <param name="files">The names of the results' files.</param>
    internal void Finish(NDArray images, JsonObject outcome, IEnumerable<string> files)
    {
        _entry = _entry with { Outcome = outcome, Files = [.. files] };
        Update(images);
    }

    private void Update(NDArray images)
    {
        _report.Update(_entry with
        {
            Result = EmbeddedPicture.Of(images),
            Difference = EmbeddedPicture.Difference(_target, images),
            Snapshots = _snapshots,
            Curve = _curve.Points,
        });
        _updated = Stopwatch.GetTimestamp();
    }
}
