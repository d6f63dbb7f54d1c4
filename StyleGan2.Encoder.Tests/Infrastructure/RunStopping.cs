using System.Diagnostics;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Runs a program and stops it on the way.</summary>
internal static class RunStopping
{
    /// <summary>Sends SIGTERM, or another signal, when a line of the output begins as given, and waits for the end.</summary>
    internal static Task<ToolResult> AtLine(string beginning, string program, string[] arguments, string signal = "TERM") =>
        Stop(program, arguments, signal, async (output, cancellation) =>
        {
            string? line;
            do
            {
                line = await output.ReadLineAsync(cancellation);
            }
            while (line is not null && !line.StartsWith(beginning, StringComparison.Ordinal));
        });

    /// <summary>Sends a signal when something has happened, and waits for the end.</summary>
    internal static Task<ToolResult> When(Func<bool> hasHappened, string program, string[] arguments, string signal) =>
        Stop(program, arguments, signal, async (_, cancellation) =>
        {
            while (!hasHappened())
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), cancellation);
            }
        });

    private static async Task<ToolResult> Stop(
        string program, string[] arguments, string signal, Func<StreamReader, CancellationToken, Task> moment)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent with Linux' tools");
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));

        // The shell that runs the tests may have interrupts ignored, which programs inherit.
        using Process process = ToolProcess.StartFile("env", ["--default-signal", "dotnet", ToolProcess.File(program), .. arguments]);
        try
        {
            await moment(process.StandardOutput, limit.Token);
            using Process stop = Process.Start("sh", ["-c", $"kill -{signal} {process.Id}"]);
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            string error = await process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new ToolResult(process.ExitCode, await output, error);
        }
        finally
        {
            process.Kill();
        }
    }
}
