namespace DatasetTool.CommandLine;

/// <summary>Times as they are shown.</summary>
internal static class ShownTime
{
    /// <summary>A time in its two largest units: <c>7 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>, <c>4 d 6 h</c>.</summary>
    internal static string Of(TimeSpan time) => TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds)) switch
    {
        { TotalMinutes: < 1 } t => $"{t.Seconds} s",
        { TotalHours: < 1 } t => $"{t.Minutes} min {t.Seconds} s",
        { TotalDays: < 1 } t => $"{t.Hours} h {t.Minutes} min",
        var t => $"{t.Days} d {t.Hours} h",
    };
}
