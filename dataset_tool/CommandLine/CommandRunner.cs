using System.CommandLine;
using System.CommandLine.Help;
using System.Diagnostics;

namespace DatasetTool.CommandLine;

/// <summary>Runs a program's commands. An error is one line; <see cref="ExitCode"/> says what happened.</summary>
internal static class CommandRunner
{
    /// <summary>The flag that shows where in the program an error came from; commands have it too as Python's programs do.</summary>
    internal static Option<bool> Verbose { get; } =
        new("--verbose") { Description = "Say more, and show where in the program an error came from", Recursive = true };

    /// <summary>A program's commands, with what every program has: <see cref="Verbose"/>, shell completion, help with examples. Every name
    /// can be spelled with <c>-</c> and with <c>_</c>.</summary>
    /// <param name="tool">The name under which the program is installed.</param>
    /// <param name="description">What the program does.</param>
    /// <param name="commands">Its commands.</param>
    internal static RootCommand Root(string tool, string description, params IEnumerable<Command> commands)
    {
        RootCommand root = new(description) { Verbose };
        foreach (Command command in commands.Append(CompletionCommand.Define(tool)))
        {
            root.Add(command);
        }

        root.AcceptBothSpellings();
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    /// <summary>Parses the arguments and runs the command that they name; without arguments, shows the help.</summary>
    /// <param name="root">The program's commands, made by <see cref="Root"/>.</param>
    /// <param name="program">The program's name, for the hint at its help.</param>
    /// <param name="args">The arguments.</param>
    /// <returns>The exit code.</returns>
    internal static int Run(RootCommand root, string program, string[] args)
    {
        if (CompletedWords.TryWrite(root, args))
        {
            return ExitCode.Done;
        }

        Trace.Listeners.Add(new WarningListener());
        bool isVerbose = args.Contains(Verbose.Name);
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
            Environment.Exit(ErrorReport.Write((Exception)e.ExceptionObject, program, isVerbose));
        try
        {
            ParseResult result = root.Parse(args.Length > 0 ? BothSpellings.Respelled(root, args) : ["--help"]);
            return UsageError.Write(result, program)
                ? ExitCode.WrongUsage
                : result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception error)
        {
            return ErrorReport.Write(error, program, isVerbose);
        }
    }

    /// <summary>Makes a command do its work, with its errors reported.</summary>
    /// <param name="command">The command.</param>
    /// <param name="work">The work; its token is cancelled by Ctrl-C and SIGTERM.</param>
    internal static Command Doing(this Command command, Action<ParseResult, CancellationToken> work) =>
        command.Counting((result, cancellation) =>
        {
            work(result, cancellation);
            return 0;
        });

    /// <summary>Makes a command do its work, with its errors reported; it has failed if any part of it has.</summary>
    /// <param name="command">The command.</param>
    /// <param name="work">The work; its token is cancelled by Ctrl-C and SIGTERM. It returns how many parts failed, having said so
    /// itself.</param>
    internal static Command Counting(this Command command, Func<ParseResult, CancellationToken, int> work)
    {
        command.SetAction(result => Run(command, result, work));
        return command;
    }

    private static int Run(Command command, ParseResult result, Func<ParseResult, CancellationToken, int> work)
    {
        using StopSignals signals = new();
        try
        {
            return work(result, signals.Token) == 0 ? ExitCode.Done : ExitCode.Failed;
        }
        catch (OperationCanceledException error) when (signals.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine($"Error: {(error is StoppedException ? error.Message : "stopped; nothing unfinished was written")}");
            return signals.ExitCode;
        }
        catch (Exception error)
        {
            return ErrorReport.Write(
                error, command.Name, result.GetValue(Verbose), result.Tokens.Select(t => t.Value).Where(Path.Exists));
        }
    }
}
