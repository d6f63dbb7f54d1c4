using System.Globalization;
using DatasetTool.CommandLine;
using Spectre.Console;
using StyleGan2.Encoder.Results;

namespace StyleGan2.Encoder.Watching;

/// <summary>The table at the end of a run: what each picture came to, by name, those that failed last.</summary>
internal sealed class RunSummary : IRunProgress
{
    private const int WidestFile = 10_000;

    private static readonly string[] s_columns = ["picture", "distance", "error of 255", "time", "failed"];

    private readonly List<ProjectedPicture> _finished = [];
    private readonly List<(string Name, string Reason)> _failed = [];

    /// <inheritdoc/>
    public void Finished(ProjectedPicture picture) => _finished.Add(picture);

    /// <inheritdoc/>
    public void Failed(string name, string reason) => _failed.Add((name, reason));

    /// <summary>Shows the table, if any picture was projected or failed.</summary>
    internal void Show()
    {
        if (_finished.Count + _failed.Count == 0)
        {
            return;
        }

        Table table = new() { Border = Console.IsOutputRedirected ? TableBorder.None : TableBorder.Rounded };
        string[][] rows = [.. Rows()];
        int[] used = [.. Enumerable.Range(0, s_columns.Length).Where(column => rows.Any(row => row[column].Length > 0))];
        table.AddColumns([.. used.Select(column => s_columns[column])]);
        foreach (string[] row in rows)
        {
            table.AddRow([.. used.Select(column => new Text(row[column]))]);
        }

        if (Console.IsOutputRedirected)
        {
            WritePlain(table);
        }
        else
        {
            AnsiConsole.Write(table);
        }
    }

    /// <summary>Lines that no terminal cuts, without colours and without spaces at their ends.</summary>
    private static void WritePlain(Table table)
    {
        using StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = WidestFile;
        console.Write(table);
        foreach (string line in text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Console.WriteLine(line.TrimEnd());
        }
    }

    private IEnumerable<string[]> Rows() =>
    [
        .. _finished.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => (string[])
        [
            p.Name,
            p.Distance.ToString("G4", CultureInfo.InvariantCulture),
            p.MeanAbsoluteError?.ToString("F2", CultureInfo.InvariantCulture) ?? "",
            ShownTime.Of(p.Time),
            "",
        ]),
        .. _failed.Select(f => (string[])[f.Name, "", "", "", f.Reason.ReplaceLineEndings(" ")]),
    ];
}
