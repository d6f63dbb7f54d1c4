using System.CommandLine;

namespace DatasetTool.CommandLine;

/// <summary>Names of several words, which the Python programs spell with <c>_</c> here and with <c>-</c> there.</summary>
internal static class BothSpellings
{
    /// <summary>Lets every command and option inside a command be spelled either way.</summary>
    internal static void AcceptBothSpellings(this Command command)
    {
        foreach (Command inner in command.Subcommands)
        {
            AddSpellings(inner.Aliases, inner.Name, 0);
            inner.AcceptBothSpellings();
        }

        foreach (Option option in command.Options.Where(o => o.Name.StartsWith("--", StringComparison.Ordinal)))
        {
            foreach (string name in (string[])[option.Name, .. option.Aliases])
            {
                AddSpellings(option.Aliases, name, 2);
            }
        }
    }

    private static void AddSpellings(ICollection<string> aliases, string name, int start)
    {
        string prefix = name[..start], words = name[start..];
        string[] spellings = [words.Replace('-', '_'), words.Replace('_', '-')];
        foreach (string spelling in spellings.Where(s => s != words && !aliases.Contains(prefix + s)))
        {
            aliases.Add(prefix + spelling);
        }
    }
}
