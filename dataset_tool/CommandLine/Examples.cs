using System.CommandLine;
using System.Runtime.CompilerServices;

namespace DatasetTool.CommandLine;

/// <summary>The examples of commands, which their help and their pages in docs/commands show.</summary>
internal static class Examples
{
    private static readonly ConditionalWeakTable<Command, List<(string What, string Line)>> s_examples = [];

    /// <summary>Gives a command an example.</summary>
    /// <param name="command">The command.</param>
    /// <param name="what">What the example does.</param>
    /// <param name="line">What is typed.</param>
    internal static Command WithExample(this Command command, string what, string line)
    {
        s_examples.GetOrCreateValue(command).Add((what, line));
        return command;
    }

    /// <summary>A command's examples: what each does, and what is typed.</summary>
    internal static IReadOnlyList<(string What, string Line)> Of(Command command) =>
        s_examples.TryGetValue(command, out List<(string What, string Line)>? found) ? found : [];
}
