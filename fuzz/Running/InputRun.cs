using Fuzz.Inputs;

namespace Fuzz.Running;

/// <summary>Gives an input to its command, as a process.</summary>
internal static class InputRun
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs a command.</summary>
    /// <param name="input">The input.</param>
    /// <param name="files">The folder of its files.</param>
    /// <param name="folder">A new folder for what the command makes.</param>
    internal static Outcome Of(HostileInput input, string files, string folder)
    {
        string results = Path.Combine(folder, "out"), output = Path.Combine(folder, "stdout"), error = Path.Combine(folder, "stderr");
        Directory.CreateDirectory(results);
        long size = new DirectoryInfo(files).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
        string[] arguments = [.. input.Arguments.Select(a => a.Replace("{in}", files).Replace("{out}", results))];
        string program = Path.Combine(AppContext.BaseDirectory, $"{input.Program}.dll");
        ProcessEnd end = ChildProcess.Run(["dotnet", program, .. arguments], output, error, s_limit);
        IEnumerable<string> left = end.ExitCode == 0 ? [] : Directory.EnumerateFileSystemEntries(results, "*", SearchOption.AllDirectories);
        return new Outcome(
            input, size, end, File.ReadAllText(output), File.ReadAllText(error), [.. left.Select(f => Path.GetRelativePath(folder, f))]);
    }
}
