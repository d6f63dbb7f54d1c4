namespace StyleGan2.Encoder.Reports;

/// <summary>
/// The distance over the steps of a projection: every step at first, every second, fourth, ... one when they become many. Which steps are
/// kept follows from the last one's number alone.
/// </summary>
internal sealed class DistanceCurve
{
    private const int MostPoints = 400;

    private readonly List<CurvePoint> _points = [];
    private int _stride = 1;
    private CurvePoint? _last;

    /// <summary>Begins with the points of a projection that goes on.</summary>
    internal DistanceCurve(IEnumerable<CurvePoint> begun)
    {
        foreach (CurvePoint point in begun)
        {
            Add(point);
        }
    }

    /// <summary>The points kept, and the last one added.</summary>
    internal IReadOnlyList<CurvePoint> Points => _last is { } last && _points.LastOrDefault() != last ? [.. _points, last] : [.. _points];

    /// <summary>Adds a step, which comes after those before.</summary>
    internal void Add(CurvePoint point)
    {
        _last = point;
        for (; point.Step / _stride > MostPoints; _stride *= 2)
        {
            _points.RemoveAll(p => p.Step % (2 * _stride) != 0);
        }

        if (point.Step % _stride == 0)
        {
            _points.Add(point);
        }
    }
}
