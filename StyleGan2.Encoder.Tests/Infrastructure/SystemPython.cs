using System.Diagnostics;

namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>The system's Python, for tests that let Python itself read what is written here.</summary>
internal static class SystemPython
{
    private const string Interpreter = "/usr/bin/python3";

    private static readonly Lazy<bool> s_hasNumpy = new(() => File.Exists(Interpreter) && Run("-c", "import numpy").ExitCode == 0);

    /// <summary>Runs a script; the test is skipped where there is no Python with NumPy.</summary>
    /// <returns>The lines that it prints.</returns>
    internal static string[] Lines(params string[] arguments)
    {
        Assert.SkipUnless(
            s_hasNumpy.Value,
            $"skipped is what Python makes of it: needs {Interpreter} with NumPy (apt-get install python3 python3-numpy)");
        ToolResult result = Run(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static ToolResult Run(params string[] arguments)
    {
        ProcessStartInfo start = new(Interpreter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{Interpreter} did not start");
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolResult(process.ExitCode, output, error.Result);
    }
}
