namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>Files of the repository that are made from the program: tests hold them against it, and renew them on request.</summary>
internal static class CheckedInText
{
    private const string Renew = "RENEW_CHECKED_IN";

    /// <summary>How all of them are renewed.</summary>
    internal const string Remedy =
        $"renew them by {Renew}=1 dotnet run -c Release --project StyleGan2.Encoder.Tests -- "
        + "-namespace StyleGan2.Encoder.Tests.Documentation, look at the difference, and check them in";

    /// <summary>Holds a folder's files of one kind against what they should be, or makes them so.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="pattern">The files' names.</param>
    /// <param name="expected">Their text, by their paths in the folder.</param>
    internal static void AssertFolder(string folder, string pattern, IReadOnlyDictionary<string, string> expected)
    {
        string[] there = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, pattern, SearchOption.AllDirectories).Select(f => NameIn(folder, f))]
            : [];
        if (Environment.GetEnvironmentVariable(Renew) == "1")
        {
            Array.ForEach([.. there.Except(expected.Keys)], name => File.Delete(Path.Combine(folder, name)));
            foreach ((string name, string text) in expected)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
                File.WriteAllText(Path.Combine(folder, name), text);
            }

            return;
        }

        string[] stale =
        [
            .. there.Except(expected.Keys),
            .. expected.Where(e => !there.Contains(e.Key) || File.ReadAllText(Path.Combine(folder, e.Key)) != e.Value).Select(e => e.Key),
        ];
        Assert.True(stale.Length == 0, $"{folder}: stale are {string.Join(", ", stale)}; {Remedy}");
    }

    private static string NameIn(string folder, string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');
}
