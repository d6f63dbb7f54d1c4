using System.CommandLine;
using DatasetTool.CommandLine;
using Spectre.Console;
using StyleGan2.Encoder.Results;
using StyleGan2.Encoder.Watching;

namespace StyleGan2.Encoder.Commands;

/// <summary>Flags of the commands that take a while: what is seen of their run.</summary>
internal static class WatchSettings
{
    private static readonly Option<string?> s_logJson =
        new("--log-json") { Description = "File that receives the progress as JSON, a line an event", HelpName = "FILE" };

    private static readonly Option<bool> s_preview =
        new("--preview") { Description = "Draw the target and the current picture in the terminal" };

    /// <summary>Adds the flags of every run.</summary>
    internal static Command WithLog(this Command command)
    {
        command.Add(s_logJson);
        return command;
    }

    /// <summary>Adds the flags of a projection.</summary>
    internal static Command WithLogAndPreview(this Command command)
    {
        command.WithLog().Add(s_preview);
        return command;
    }

    /// <summary>Does the work of a command and shows its progress; at the end a table of its pictures.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="work">The work.</param>
    /// <returns>What the work returns.</returns>
    internal static T Watch<T>(ParseResult result, Func<IRunProgress, T> work)
    {
        TimeProvider time = TimeProvider.System;
        using RunLog? log = result.GetValue(s_logJson) is { } file ? new RunLog(file, result.CommandResult.Command.Name, time) : null;
        PreviewPane? preview = Preview(result) is { } graphics ? new PreviewPane(time, graphics) : null;
        RunSummary summary = new();
        string how = "done";
        try
        {
            return ProgressDisplay.Show(
                display => work(new Watchers([new RunView(display, time), preview, summary, log])),
                preview is null ? null : () => preview.Shown);
        }
        catch (Exception error)
        {
            how = error is OperationCanceledException ? "stopped" : error.Message;
            throw;
        }
        finally
        {
            Console.Write(preview?.Removal);
            summary.Show();
            log?.End(how);
        }
    }

    /// <summary>How pictures are shown, if a preview is asked for and can be shown.</summary>
    private static TerminalGraphics? Preview(ParseResult result)
    {
        if (!result.GetValue(s_preview))
        {
            return null;
        }

        if (Console.IsOutputRedirected)
        {
            Console.WriteLine("No preview is drawn: the output is no terminal");
            return null;
        }

        TerminalGraphics graphics = TerminalQuestion.Ask();
        if (graphics.Protocol == GraphicsProtocol.HalfBlocks && AnsiConsole.Profile.Capabilities.ColorSystem == ColorSystem.NoColors)
        {
            Console.WriteLine("No preview is drawn: the terminal has no colours, or NO_COLOR is set");
            return null;
        }

        return graphics;
    }
}
