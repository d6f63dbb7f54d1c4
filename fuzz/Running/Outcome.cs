using Fuzz.Inputs;

namespace Fuzz.Running;

/// <summary>What a command did with an input, and what it took.</summary>
/// <param name="Input">The input.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="End">How the command ended.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
/// <param name="Left">Files that it left although it refused the input.</param>
internal sealed record Outcome(HostileInput Input, long Size, ProcessEnd End, string Output, string Error, string[] Left)
{
    private const int MemoryPerByte = 4;
    private const long ConstantMemory = 256 << 20;
    private const int Failed = 1;

    /// <summary>How long a command may take.</summary>
    internal static TimeSpan Longest { get; } = TimeSpan.FromSeconds(10);

    /// <summary>What the command did.</summary>
    internal Verdict Verdict => End.Elapsed > Longest ? Verdict.Hung
        : End.ExitCode == 0 ? Verdict.Accepted
        : End.ExitCode == Failed && (IsOneLine || IsReport) ? Verdict.Refused
        : Verdict.Crashed;

    /// <summary>Whether it took more memory than four times the input and 256 MB.</summary>
    internal bool IsLarge => End.PeakMemory > (MemoryPerByte * Size) + ConstantMemory;

    /// <summary>Whether it is anything that should not be.</summary>
    internal bool IsFind => Verdict is Verdict.Crashed or Verdict.Hung || IsLarge || Left.Length > 0;

    private bool IsOneLine
    {
        get
        {
            string[] lines = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return lines.Count(l => l.StartsWith("Error: ", StringComparison.Ordinal)) == 1
                && lines[^1].StartsWith("Error: ", StringComparison.Ordinal)
                && !lines.Any(l => l.StartsWith("   at ", StringComparison.Ordinal));
        }
    }

    /// <summary>Whether the command is one that says on standard output what is wrong.</summary>
    private bool IsReport => Input.Arguments[0] is "verify" or "compare" && Error.Length == 0 && Output.Length > 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Input.Kind}, {Input.Name}: {Verdict}, exit code {End.ExitCode}, signal {End.Signal}, "
        + $"{End.Elapsed.TotalSeconds:F1} s, {End.PeakMemory >> 20} MB of {Size} bytes, left [{string.Join(' ', Left)}]: "
        + Error.ReplaceLineEndings(" ").Trim();
}
