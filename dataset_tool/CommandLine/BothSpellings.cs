using System.CommandLine;

namespace DatasetTool.CommandLine;

/// <summary>Names of several words, which the Python programs spell with <c>_</c> here and with <c>-</c> there.</summary>
internal static class BothSpellings
{
    /// <summary>Lets every command of a program be spelled either way.</summary>
    internal static void AcceptBothSpellings(this RootCommand root)
    {
        foreach (Command command in root.Subcommands)
        {
            string[] spellings = [command.Name.Replace('-', '_'), command.Name.Replace('_', '-')];
            foreach (string spelling in spellings.Where(s => s != command.Name))
            {
                command.Aliases.Add(spelling);
            }
        }
    }

    /// <summary>A command line with its options spelled as they are defined.</summary>
    internal static string[] Respelled(RootCommand root, string[] args)
    {
        Command? command = root.Subcommands.FirstOrDefault(c => args.Any(a => a == c.Name || c.Aliases.Contains(a)));
        string[] names = [.. root.Options.Concat(command?.Options ?? []).SelectMany(o => (string[])[o.Name, .. o.Aliases])];
        int end = Array.IndexOf(args, "--");
        return [.. args.Select((arg, i) => end >= 0 && i >= end ? arg : Respelled(arg, names))];
    }

    private static string Respelled(string arg, string[] names)
    {
        string[] parts = arg.Split('=', 2);
        string? name = names.Contains(parts[0]) || !arg.StartsWith("--", StringComparison.Ordinal)
            ? null
            : Array.Find(names, n => n.Replace('_', '-') == parts[0].Replace('_', '-'));
        return name is null ? arg : string.Join('=', [name, .. parts[1..]]);
    }
}
