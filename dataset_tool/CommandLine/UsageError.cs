using System.CommandLine;
using System.CommandLine.Parsing;

namespace DatasetTool.CommandLine;

/// <summary>
/// Wrong usage as the user sees it: one line with the first thing that is wrong and the nearest name, or where the help is.
/// </summary>
internal static class UsageError
{
    /// <summary>Writes the line to standard error, if the usage is wrong.</summary>
    /// <returns>Whether it is.</returns>
    internal static bool Write(ParseResult result, string program)
    {
        Command command = result.CommandResult.Command;
        string name = command is RootCommand ? program : $"{program} {command.Name}";
        if (Unknown(result) is { } word)
        {
            Console.Error.WriteLine($"Error: {DescribeUnknown(word, result, name)}");
            return true;
        }

        if (result.Errors is [{ } error, ..])
        {
            Console.Error.WriteLine($"Error: {Describe(error)}; see \"{name} --help\"");
            return true;
        }

        return false;
    }

    /// <summary>
    /// The first word that is no option, command or argument; an unknown option is one too where it could pass for an argument.
    /// </summary>
    private static string? Unknown(ParseResult result)
    {
        IEnumerable<string> unmatched = result.UnmatchedTokens;
        IEnumerable<string> arguments =
            result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value);
        string? option = result.CommandResult.Command.Subcommands.Count > 0 ? null : arguments.Concat(unmatched).FirstOrDefault(IsOption);
        return option ?? unmatched.FirstOrDefault();
    }

    private static bool IsOption(string word) => word.StartsWith("--", StringComparison.Ordinal);

    private static string DescribeUnknown(string unknown, ParseResult result, string name)
    {
        Command command = result.CommandResult.Command;
        string word = unknown.Split('=')[0];
        (string problem, IEnumerable<Symbol> known) = IsOption(word)
            ? ($"{name} has no option {word}", command.Options.Concat(result.RootCommandResult.Command.Options))
            : command.Subcommands.Count > 0
            ? ($"{name} has no command {word}", command.Subcommands)
            : ($"{name} takes no further argument, but there is {unknown}", Enumerable.Empty<Symbol>());
        return SpellingSuggestion.For(word, known) is { } nearest
            ? $"{problem}; did you mean {nearest}?"
            : $"{problem}; see \"{name} --help\"";
    }

    /// <summary>An error of the library on one line, without the names of .NET's types and with that of the option.</summary>
    private static string Describe(ParseError error)
    {
        string message =
            string.Join(' ', error.Message.Split(" as expected type ")[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .TrimEnd('.');
        string? option = ((error.SymbolResult as OptionResult) ?? error.SymbolResult?.Parent as OptionResult)?.Option.Name;
        return option is null || message.Contains(option, StringComparison.Ordinal) ? message : $"{option}: {message}";
    }
}
