using System.Diagnostics;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>A command line program of the solution, run as its user runs it.</summary>
internal static class ToolProcess
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>Starts a program (<c>dataset_tool</c>, <c>StyleGan2.Encoder</c>) with its output redirected; the caller disposes it.</summary>
    internal static Process Start(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.ProcessPath is { } host && IsDotnet(host) ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"{program}.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It takes longer than two minutes; it has been ended.</exception>
    internal static async Task<ToolResult> Run(string program, params string[] arguments)
    {
        using Process process = Start(program, arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using CancellationTokenSource limit = new(s_limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {s_limit}");
        }

        return new ToolResult(process.ExitCode, await output, await error);
    }

    private static bool IsDotnet(string path) => Path.GetFileNameWithoutExtension(path) == "dotnet";
}
