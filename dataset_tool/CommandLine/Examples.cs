using System.CommandLine;
using System.Runtime.CompilerServices;

namespace DatasetTool.CommandLine;

/// <summary>The examples of commands, which their help and their pages in docs/commands show.</summary>
internal static class Examples
{
    private static readonly ConditionalWeakTable<Command, List<Example>> s_examples = [];

    /// <summary>Gives a command an example.</summary>
    /// <param name="command">The command.</param>
    /// <param name="what">What the example does.</param>
    /// <param name="line">What is typed.</param>
    internal static Command WithExample(this Command command, string what, string line)
    {
        s_examples.GetOrCreateValue(command).Add(new Example(what, line));
        return command;
    }

    /// <summary>A command's examples.</summary>
    internal static IReadOnlyList<Example> Of(Command command) => s_examples.TryGetValue(command, out List<Example>? found) ? found : [];
}
