namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>The <c>dotnet</c> command, as a developer or an installing user runs it.</summary>
internal static class DotnetCommand
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs a command that must succeed.</summary>
    internal static async Task Succeeds(params string[] arguments)
    {
        ToolResult result = await ToolProcess.RunFile("dotnet", s_limit, arguments);
        Assert.True(result.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{result.Output}{result.Error}");
    }
}
