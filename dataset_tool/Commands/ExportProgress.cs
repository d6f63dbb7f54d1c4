using DatasetTool.Export;
using Spectre.Console;

namespace DatasetTool.Commands;

/// <summary>Shows the writing of a dataset: a bar on a terminal, the reference's lines elsewhere.</summary>
internal static class ExportProgress
{
    internal static void Show(Action<IExportProgress> export) => Show(export, output => new PlainExportProgress(output));

    /// <summary>Shows it with lines of the command's own where it is not shown on a terminal.</summary>
    /// <param name="export">The writing.</param>
    /// <param name="plainProgress">Makes the lines that are shown there.</param>
    internal static void Show(Action<IExportProgress> export, Func<TextWriter, IExportProgress> plainProgress)
    {
        if (Console.IsOutputRedirected)
        {
            export(plainProgress(Console.Out));
            return;
        }

        AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => export(new TerminalExportProgress(context)));
    }
}
