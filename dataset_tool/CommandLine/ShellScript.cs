namespace DatasetTool.CommandLine;

/// <summary>The script that lets a shell complete command lines.</summary>
/// <param name="SwitchOnPattern">What is typed, or put into the shell's start file; TOOL stands for the program's name.</param>
/// <param name="Pattern">The script; TOOL stands for the program's name, FUNCTION for that of the script's function.</param>
internal sealed record ShellScript(string SwitchOnPattern, string Pattern)
{
    /// <summary>What switches completion on for a program.</summary>
    internal string SwitchOn(string tool) => SwitchOnPattern.Replace("TOOL", tool);

    /// <summary>The script for a program.</summary>
    internal string Text(string tool) =>
        Pattern.ReplaceLineEndings("\n").Replace("FUNCTION", $"_{tool.Replace('-', '_')}_complete").Replace("TOOL", tool);
}
