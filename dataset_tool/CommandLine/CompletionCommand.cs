using System.CommandLine;

namespace DatasetTool.CommandLine;

/// <summary><c>completion</c>: prints the script that lets a shell complete a program's command lines.</summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> s_shell =
        new Argument<string>("shell") { Description = "The shell" }.AcceptOnlyFromAmong([.. ShellScripts.All.Keys]);

    /// <summary>Defines the command.</summary>
    /// <param name="tool">The name under which the program is installed.</param>
    internal static Command Define(string tool)
    {
        Command command = new("completion", "Print the script that lets a shell complete command lines") { s_shell };
        foreach ((string shell, ShellScript script) in ShellScripts.All)
        {
            command.WithExample($"Switch it on in {shell}", script.SwitchOn(tool));
        }

        return command.Doing((result, _) => Console.Write(ShellScripts.All[result.GetRequiredValue(s_shell)].Text(tool)));
    }
}
