using DatasetTool.Export;
using Spectre.Console;

namespace DatasetTool.Commands;

/// <summary>Shows the writing of a dataset: a bar on a terminal, the reference's lines elsewhere.</summary>
internal static class ExportProgress
{
    internal static void Show(Action<IExportProgress> export)
    {
        if (Console.IsOutputRedirected)
        {
            export(new PlainExportProgress(Console.Out));
            return;
        }

        AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => export(new TerminalExportProgress(context)));
    }
}
