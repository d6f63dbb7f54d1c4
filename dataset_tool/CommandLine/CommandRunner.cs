using System.CommandLine;
using System.CommandLine.Parsing;

namespace DatasetTool.CommandLine;

/// <summary>Runs a program's commands. An error is one line and exit code 1, wrong usage exit code 2; where an error came from is shown only with <c>--verbose</c>.</summary>
public static class CommandRunner
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int WrongUsage = 2;

    private static readonly TimeSpan s_stoppingTime = TimeSpan.FromMinutes(5);

    /// <summary>The flag that shows where in the program an error came from; commands have it too as Python's programs do.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Say more, and show where in the program an error came from", Recursive = true };

    /// <summary>Parses the arguments and runs the command that they name; without arguments, shows the help.</summary>
    /// <param name="root">The program's commands; <see cref="Verbose"/> is added.</param>
    /// <param name="program">The program's name, for the hint at its help.</param>
    /// <param name="args">The arguments.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(RootCommand root, string program, string[] args)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(args);
        root.Add(Verbose);
        ParseResult result = root.Parse(args.Length > 0 ? args : ["--help"]);
        return result.Errors.Count > 0
            ? Task.FromResult(ReportUsage(result, program))
            : result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = s_stoppingTime });
    }

    /// <summary>Makes a command do its work, with its errors reported.</summary>
    /// <param name="command">The command.</param>
    /// <param name="work">The work; its token is cancelled by Ctrl-C.</param>
    public static Command Doing(this Command command, Action<ParseResult, CancellationToken> work) =>
        command.Counting((result, cancellation) =>
        {
            work(result, cancellation);
            return 0;
        });

    /// <summary>Makes a command do its work, with its errors reported; it has failed if any part of it has.</summary>
    /// <param name="command">The command.</param>
    /// <param name="work">The work; its token is cancelled by Ctrl-C. It returns how many parts failed, having said so itself.</param>
    public static Command Counting(this Command command, Func<ParseResult, CancellationToken, int> work)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.SetAction((result, cancellation) => Task.Run(() => Run(result, work, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult result, Func<ParseResult, CancellationToken, int> work, CancellationToken cancellation)
    {
        try
        {
            return work(result, cancellation) == 0 ? Done : Failed;
        }
        catch (OperationCanceledException)
        {
            return Report("stopped; nothing unfinished was written", null);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Report(error.Message, result.GetValue(Verbose) ? error : null);
        }
    }

    private static int Report(string message, Exception? error)
    {
        Console.Error.WriteLine($"Error: {message.ReplaceLineEndings(" ")}");
        if (error is not null)
        {
            Console.Error.WriteLine(error);
        }

        return Failed;
    }

    private static int ReportUsage(ParseResult result, string program)
    {
        string command = result.CommandResult.Command is RootCommand ? string.Empty : $" {result.CommandResult.Command.Name}";
        foreach (ParseError error in result.Errors)
        {
            Console.Error.WriteLine($"Error: {error.Message}");
        }

        Console.Error.WriteLine($"Type \"{program}{command} --help\" for more information.");
        return WrongUsage;
    }
}
