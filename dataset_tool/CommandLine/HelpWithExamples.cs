using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DatasetTool.CommandLine;

/// <summary>The help of a command with its examples; that of the program with its exit codes.</summary>
/// <param name="help">The help without them.</param>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = help.Invoke(parseResult);
        Command command = parseResult.CommandResult.Command;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (command is RootCommand)
        {
            output.WriteLine("Exit codes:");
            foreach ((int code, string meaning) in ExitCode.Meanings)
            {
                output.WriteLine($"  {code,-4} {meaning}");
            }

            output.WriteLine();
        }
        else if (Examples.Of(command) is { Count: > 0 } examples)
        {
            output.WriteLine("Examples:");
            foreach ((string what, string line) in examples)
            {
                output.WriteLine($"  {what}:");
                output.WriteLine($"    {line}");
            }

            output.WriteLine();
        }

        return exitCode;
    }
}
