namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>What a program left when it ended.</summary>
/// <param name="ExitCode">0 done, 1 failed, 2 usage.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>The single line of standard error.</summary>
    internal string ErrorLine => Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
