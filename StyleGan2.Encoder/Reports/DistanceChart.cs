using System.Globalization;
using System.Text;

namespace StyleGan2.Encoder.Reports;

/// <summary>Draws the distance over the steps as SVG, in the colours and with the fonts of the page around it.</summary>
/// <remarks>
/// ScottPlot, which draws with Skia, takes 27 kB a curve in fixed colours, and no text: Skia's library that needs nothing of the system
/// finds no fonts.
/// </remarks>
internal static class DistanceChart
{
    private const int Width = 360, Height = 190, Left = 46, Right = 10, Top = 8, Bottom = 22;

    private static readonly double[] s_roundFactors = [1, 2, 5];

    /// <summary>The chart of some points, with distances on a logarithmic scale.</summary>
    /// <param name="points">The points, by step.</param>
    /// <param name="steps">The number of steps of the whole projection.</param>
    internal static string Draw(IReadOnlyList<CurvePoint> points, int steps)
    {
        CurvePoint[] drawn = [.. points.Where(p => p.Distance > 0 && float.IsFinite(p.Distance))];
        if (drawn.Length == 0)
        {
            return "";
        }

        double low = Math.Log10(drawn.Min(p => p.Distance)), high = Math.Log10(drawn.Max(p => p.Distance));
        (low, high) = high - low < 0.1 ? (low - 0.05, high + 0.05) : (low, high);
        StringBuilder svg = new();
        svg.Append(Invariant($"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"distance over steps\">"));
        foreach (double value in RoundValues(low, high))
        {
            svg.Append(Invariant($"<path class=\"grid\" d=\"M{Left} {Y(value):F1}H{Width - Right}\"/>"));
            svg.Append(Invariant($"<text x=\"{Left - 5}\" y=\"{Y(value) + 3.5:F1}\" text-anchor=\"end\">{value:G3}</text>"));
        }

        foreach (int step in (int[])[0, steps / 2, steps])
        {
            string anchor = step == steps ? "end" : "middle";
            svg.Append(Invariant($"<text x=\"{X(step):F1}\" y=\"{Height - 6}\" text-anchor=\"{anchor}\">{step}</text>"));
        }

        string line = string.Join('L', drawn.Select(p => Invariant($"{X(p.Step):F1} {Y(p.Distance):F1}")));
        return svg.Append("<path class=\"curve\" d=\"M").Append(line).Append("\"/></svg>").ToString();

        double X(double step) => Left + ((Width - Left - Right) * step / steps);

        double Y(double distance) => Top + ((Height - Top - Bottom) * (high - Math.Log10(distance)) / (high - low));
    }

    /// <summary>1, 2 and 5 times the powers of ten between two logarithms; only the powers where these are many.</summary>
    private static double[] RoundValues(double low, double high)
    {
        double[] powers = [.. Enumerable.Range((int)Math.Floor(low), (int)Math.Ceiling(high - low) + 2).Select(e => Math.Pow(10, e))];
        double[] all = [.. powers.SelectMany(p => s_roundFactors.Select(f => f * p)).Where(IsInside)];
        double[] found = all.Length <= 6 ? all : [.. powers.Where(IsInside)];
        return found.Length > 0 ? found : [Math.Pow(10, (low + high) / 2)];

        bool IsInside(double value) => Math.Log10(value) >= low && Math.Log10(value) <= high;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
