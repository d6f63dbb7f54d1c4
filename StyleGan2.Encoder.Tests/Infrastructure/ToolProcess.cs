using System.Diagnostics;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>A command line program of the solution, run as its user runs it.</summary>
internal static class ToolProcess
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Starts a program (<c>dataset_tool</c>, <c>StyleGan2.Encoder</c>) with its output redirected; the caller disposes it.
    /// </summary>
    internal static Process Start(string program, params string[] arguments) =>
        StartFile(Dotnet, [File(program), .. arguments]);

    /// <summary>The file of a program, which <c>dotnet</c> runs.</summary>
    internal static string File(string program) => Path.Combine(AppContext.BaseDirectory, $"{program}.dll");

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It takes longer than two minutes; it has been ended.</exception>
    internal static Task<ToolResult> Run(string program, params string[] arguments) => ToEnd(Start(program, arguments), s_limit);

    /// <summary>Runs an executable file to its end.</summary>
    /// <exception cref="TimeoutException">It takes longer than the limit; it has been ended.</exception>
    internal static Task<ToolResult> RunFile(string file, TimeSpan limit, params string[] arguments) =>
        ToEnd(StartFile(file, arguments), limit);

    private static string Dotnet =>
        Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";

    /// <summary>Starts an executable file with its output redirected; the caller disposes it.</summary>
    internal static Process StartFile(string file, string[] arguments)
    {
        ProcessStartInfo start = new(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start");
    }

    private static async Task<ToolResult> ToEnd(Process started, TimeSpan limit)
    {
        using Process process = started;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using CancellationTokenSource ended = new(limit);
        try
        {
            await process.WaitForExitAsync(ended.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} did not end within {limit}");
        }

        return new ToolResult(process.ExitCode, await output, await error);
    }
}
