using System.Net;

namespace StyleGan2.Encoder.Reports;

/// <summary>A page of a report: one file with its styles, its script and its pictures, which needs nothing else to be shown.</summary>
internal static class ReportPage
{
    /// <summary>By this line a page is known as this program's.</summary>
    internal const string Mark = "<meta name=\"generator\" content=\"stylegan2-encoder report\">";

    private static readonly string s_style = Resource("report.css"), s_script = Resource("report.js");

    /// <summary>Writes a page.</summary>
    /// <param name="writer">Where it is written.</param>
    /// <param name="title">Its title.</param>
    /// <param name="links">Other pages: the way there, and what is said of it.</param>
    /// <param name="cards">Its pictures, each as HTML.</param>
    internal static void Write(TextWriter writer, string title, IEnumerable<(string Target, string Text)> links, IEnumerable<string> cards)
    {
        writer.Write(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            {Mark}
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <link rel="icon" href="data:,">
            <title>{WebUtility.HtmlEncode(title)}</title>
            <style>
            {s_style}
            </style>
            </head>
            <body>
            <h1>{WebUtility.HtmlEncode(title)}</h1>
            <nav>
            """);
        foreach ((string target, string text) in links)
        {
            writer.Write($"<a href=\"{target}\">{text}</a>\n");
        }

        writer.Write("</nav>\n<main>\n");
        foreach (string card in cards)
        {
            writer.Write(card);
        }

        writer.Write($"</main>\n<script>\n{s_script}\n</script>\n</body>\n</html>\n");
    }

    /// <summary>Whether a file is a page of a report.</summary>
    internal static bool IsPage(string file) => File.ReadLines(file).Take(10).Any(l => l.Contains(Mark, StringComparison.Ordinal));

    private static string Resource(string name)
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Trim();
    }
}
