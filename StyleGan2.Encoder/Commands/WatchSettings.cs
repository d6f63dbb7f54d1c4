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
        PreviewPane? preview = Preview(result) ? new PreviewPane(time) : null;
        RunSummary summary = new();
        string how = "done";
        try
        {
            return ProgressDisplay.Show(
                display => work(new Watchers([new RunView(display, time), preview, summary, log])), () => preview?.Shown);
        }
        catch (Exception error)
        {
            how = error is OperationCanceledException ? "stopped" : error.Message;
            throw;
        }
        finally
        {
            summary.Show();
            log?.End(how);
        }
    }

    private static bool Preview(ParseResult result)
    {
        string? problem = !result.GetValue(s_preview) ? null
            : Console.IsOutputRedirected ? "the output is no terminal"
            : AnsiConsole.Profile.Capabilities.ColorSystem == ColorSystem.NoColors ? "the terminal has no colours, or NO_COLOR is set"
            : null;
        if (problem is not null)
        {
            Console.WriteLine($"No preview is drawn: {problem}");
        }

        return result.GetValue(s_preview) && problem is null;
    }
}
