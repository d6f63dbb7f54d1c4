using System.Text.RegularExpressions;

namespace StyleGan2.Encoder.Results;

/// <summary>
/// Folders of single runs, numbered as Python's <c>dnnlib.submit_run</c> does: <c>00000-generate-images</c>, <c>00001-...</c>
/// </summary>
internal static partial class RunFolder
{
    /// <summary>Makes the next folder.</summary>
    /// <param name="resultDir">The folder of all runs, made if it does not exist.</param>
    /// <param name="description">What the run does.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    internal static string Create(string resultDir, string description)
    {
        try
        {
            Directory.CreateDirectory(resultDir);
            long next = Directory.GetFileSystemEntries(resultDir)
                .Select(entry => Number().Match(Path.GetFileName(entry)))
                .Where(match => match.Success)
                .Select(match => long.Parse(match.Groups[1].Value) + 1)
                .DefaultIfEmpty(0)
                .Max();
            return Directory.CreateDirectory(Path.Combine(resultDir, $"{next:D5}-{description}")).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"{resultDir}: cannot write results there ({e.Message}); give a folder that can be written with --result-dir", e);
        }
    }

    [GeneratedRegex(@"^(\d{1,18})-")]
    private static partial Regex Number();
}
