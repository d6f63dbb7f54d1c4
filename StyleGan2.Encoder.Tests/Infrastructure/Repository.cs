namespace StyleGan2.Encoder.Tests.Infrastructure;

/// <summary>The sources that the tests were built from.</summary>
internal static class Repository
{
    private const string Solution = "StyleGan2.sln";

    /// <summary>The folder of the solution, above the folder of the test program.</summary>
    internal static string Root { get; } = Above(new DirectoryInfo(AppContext.BaseDirectory));

    internal static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Above(DirectoryInfo folder) =>
        System.IO.File.Exists(Path.Combine(folder.FullName, Solution))
            ? folder.FullName
            : Above(folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is in no folder with {Solution}"));
}
