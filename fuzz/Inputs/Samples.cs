namespace Fuzz.Inputs;

/// <summary>Whole files to start from: those that the tests read.</summary>
internal static class Samples
{
    /// <summary>The repository's folder.</summary>
    internal static string Repository { get; } = FindRepository();

    /// <summary>The content of a file under the tests' <c>Golden</c>.</summary>
    internal static byte[] Golden(params string[] path) => File.ReadAllBytes(GoldenPath(path));

    /// <summary>The path of a file or folder under the tests' <c>Golden</c>.</summary>
    internal static string GoldenPath(params string[] path) =>
        Path.Combine([Repository, "StyleGan2.Encoder.Tests", "Golden", .. path]);

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "StyleGan2.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("the fuzzer is run from within its repository");
    }
}
