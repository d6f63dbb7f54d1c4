using System.CommandLine;

namespace DatasetTool.Commands;

/// <summary>The program's commands, and what becomes of errors: one line, exit code 1; wrong usage, exit code 2.</summary>
internal static class CommandLine
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int WrongUsage = 2;

    private static readonly Option<bool> s_verbose = new("--verbose")
    {
        Description = "Show where in the program an error came from",
        Recursive = true,
    };

    /// <summary>Parses the arguments and runs the command that they name.</summary>
    internal static Task<int> RunAsync(string[] args)
    {
        RootCommand root = new("Tool for creating multi-resolution TFRecords datasets for StyleGAN and ProGAN.") { s_verbose };
        root.Add(CreateFromImagesCommand.Define());
        ParseResult result = root.Parse(args.Length > 0 ? args : ["--help"]);
        return result.Errors.Count > 0 ? Task.FromResult(ReportUsage(result)) : result.InvokeAsync();
    }

    /// <summary>Makes a command do its work, with its errors reported.</summary>
    internal static Command Doing(this Command command, Action<ParseResult, CancellationToken> work)
    {
        command.SetAction((result, cancellation) => Task.Run(() => Run(result, work, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult result, Action<ParseResult, CancellationToken> work, CancellationToken cancellation)
    {
        try
        {
            work(result, cancellation);
            return Done;
        }
        catch (OperationCanceledException)
        {
            return Report("stopped; nothing was written", null);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            return Report(error.Message, result.GetValue(s_verbose) ? error : null);
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

    private static int ReportUsage(ParseResult result)
    {
        string command = result.CommandResult.Command is RootCommand ? string.Empty : $" {result.CommandResult.Command.Name}";
        foreach (System.CommandLine.Parsing.ParseError error in result.Errors)
        {
            Console.Error.WriteLine($"Error: {error.Message}");
        }

        Console.Error.WriteLine($"Type \"dataset_tool{command} --help\" for more information.");
        return WrongUsage;
    }
}
