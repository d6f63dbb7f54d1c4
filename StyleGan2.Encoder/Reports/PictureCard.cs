using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace StyleGan2.Encoder.Reports;

/// <summary>A picture on a page of a report, as HTML.</summary>
/// <param name="entry">What is shown.</param>
/// <param name="toResults">The way from the page to the folder of the results, such as <c>../</c>.</param>
internal sealed class PictureCard(PictureEntry entry, string toResults)
{
    /// <summary>The HTML.</summary>
    internal string Render() =>
        $"""
        <article id="{Attribute(entry.ResultName)}"{(entry.IsFinished ? "" : " data-running")}>
        <h2>{Text(entry.Name)} {State()}</h2>
        {Comparison()}
        {OnTheWay()}
        <p class="links">{string.Join(" ", entry.Files.Select(Link))}</p>
        {Details()}
        </article>

        """;

    private string State() => entry.IsFinished
        ? $"<small>{Text(Summary())}</small>"
        : $"<small class=\"running\">step {entry.Step} of {entry.Steps}</small>";

    private string Summary()
    {
        string?[] parts =
        [
            Number("distance", "distance {0:G4}"), Number("mean_absolute_error", "mean error {0:F2} of 255"), Number("seconds", "{0:F1} s"),
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private string? Number(string name, string format) => entry.Outcome[name] is JsonValue value && value.TryGetValue(out double number)
        ? string.Format(CultureInfo.InvariantCulture, format, number)
        : null;

    private string Comparison()
    {
        string slider = entry.Source.Length == 0 || entry.Result.Length == 0
            ? ""
            : $"""
              <figure>
              <div class="compare"><img alt="picture" src="{entry.Source}"><img class="found" alt="found" src="{entry.Result}"></div>
              <input type="range" min="0" max="100" value="50" aria-label="where the picture ends and the one found begins">
              <figcaption><span>picture</span><span>found</span></figcaption>
              </figure>
              <figure>
              <img alt="difference" src="{entry.Difference}">
              <figcaption><span>difference, {EmbeddedPicture.Enlargement} times as large</span></figcaption>
              </figure>
              """;
        string chart = DistanceChart.Draw(entry.Curve, entry.Steps);
        return $"""
            <div class="row">
            {slider}
            {(chart.Length == 0 ? "" : $"<figure class=\"wide\">{chart}<figcaption><span>distance over steps</span></figcaption></figure>")}
            </div>
            """;
    }

    private string OnTheWay() =>
        entry.Snapshots.Count == 0 ? "" : $"<div class=\"way\">{string.Concat(entry.Snapshots.Select(OnTheWay))}</div>";

    private static string OnTheWay(Snapshot shown) =>
        $"""
        <figure><img alt="after step {shown.Step}" src="{shown.Image}"><figcaption><span>step {shown.Step}</span></figcaption></figure>
        """;

    private string Link(string file) =>
        $"<a href=\"{Attribute(toResults + Uri.EscapeDataString(file))}\">{Text(file)}</a>";

    private string Details()
    {
        IEnumerable<(string Name, string Value)> rows = entry.Settings.Concat(entry.Outcome)
            .Select(s => (s.Key, s.Value?.ToJsonString() ?? "none")).Append(("made by", entry.Versions));
        return $"<details><summary>Settings, seeds, versions</summary><table>"
            + $"{string.Concat(rows.Select(r => $"<tr><th>{Text(r.Name)}</th><td>{Text(r.Value)}</td></tr>"))}</table></details>";
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Attribute(string text) => WebUtility.HtmlEncode(text);
}
