using System.CommandLine;

namespace DatasetTool.CommandLine;

/// <summary>The option <c>--overwrite</c> of commands that write results.</summary>
internal static class OverwriteOption
{
    /// <summary>The option.</summary>
    internal static Option<bool> Flag { get; } = new("--overwrite") { Description = "Replace results that exist already" };

    /// <summary>Checks, before any work, that a command may write a file.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="file">The file.</param>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">It exists and is not to be replaced, or there is no folder for it.</exception>
    internal static string CheckNewFile(ParseResult result, string file)
    {
        string path = Path.GetFullPath(file);
        string? problem = Directory.Exists(path) ? "it is a folder; give the name of a file in it"
            : File.Exists(path) && !result.GetValue(Flag) ? "the file exists already; give another name, or --overwrite to replace it"
            : !Directory.Exists(Path.GetDirectoryName(path)) ? "there is no such folder; make it, or choose another"
            : null;
        return problem is null ? file : throw new IOException($"{file}: {problem}");
    }
}
