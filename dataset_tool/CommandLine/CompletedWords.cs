using System.CommandLine;
using System.Globalization;

namespace DatasetTool.CommandLine;

/// <summary>
/// What a word of a command line can become. A shell's script asks for it: <c>[complete] N WORD...</c>, where word N, counted from 1, is
/// the one being typed; it is left out where nothing is typed yet.
/// </summary>
internal static class CompletedWords
{
    /// <summary>The first argument of such a question.</summary>
    internal const string Question = "[complete]";

    /// <summary>Answers a question, a line a word.</summary>
    /// <returns>Whether the arguments are such a question.</returns>
    internal static bool TryWrite(RootCommand root, string[] args)
    {
        if (args is not [Question, var number, .. var words] || !int.TryParse(number, CultureInfo.InvariantCulture, out int position))
        {
            return false;
        }

        string[] before = [.. words.Take(position - 1)];
        foreach (string word in For(root, before, words.ElementAtOrDefault(position - 1) ?? ""))
        {
            Console.WriteLine(word);
        }

        return true;
    }

    /// <summary>The words that can stand after some others and begin as given: commands, options, values of options.</summary>
    internal static string[] For(RootCommand root, string[] before, string start)
    {
        string line = string.Concat(BothSpellings.Respelled(root, before).Select(w => $"\"{w}\" ")) + start;
        bool isOption = start.StartsWith('-');
        return
        [
            .. root.Parse(line).GetCompletions(line.Length).Select(c => c.InsertText ?? c.Label)
                .Where(w => w.StartsWith(start, StringComparison.Ordinal) && (isOption ? IsLongOption(w) : w[0] is not ('-' or '/')))
                .Except(OtherSpellings(root, start)).Distinct().Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Spellings of commands whose names can stand there too.</summary>
    private static IEnumerable<string> OtherSpellings(RootCommand root, string start) =>
        root.Subcommands.Where(c => c.Name.StartsWith(start, StringComparison.Ordinal)).SelectMany(c => c.Aliases);

    private static bool IsLongOption(string word) => word.StartsWith("--", StringComparison.Ordinal);
}
