using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>The folders of a run of project_images, and the command run on them with a small network.</summary>
internal sealed class ProjectImagesFolders : IDisposable
{
    internal const string Program = "StyleGan2.Encoder";

    private readonly TemporaryFolder _folder = new();

    internal string Root => _folder.Path;

    internal string Source => _folder.File("src");

    internal string Target => _folder.File("dst");

    internal string Temporary => _folder.File("tmp");

    /// <summary>The names in the folder of the results, without the report's.</summary>
    internal string[] Results => [.. NamesIn(Target).Except(["index.html", "index_files"])];

    public void Dispose() => _folder.Dispose();

    /// <summary>Copies a picture of 64 x 64 RGB into the source folder: a.jpg or b.png.</summary>
    /// <returns>Its path.</returns>
    internal string AddPicture(string golden, string name)
    {
        Directory.CreateDirectory(Source);
        File.Copy(Golden.Path("commands", "project_images", "src", golden), Path.Combine(Source, name));
        return Path.Combine(Source, name);
    }

    internal Task<ToolResult> Run(params string[] flags) => ToolProcess.Run(Program, Arguments(Source, Target, flags));

    internal string[] Arguments(string source, string target, params string[] flags)
    {
        string[] network = flags.Contains("--network-pkl") ? [] : ["--network-pkl", Golden.Path("commands", "network.pkl")];
        return ["project_images", source, target, "--tmp-dir", Temporary, .. network, .. flags];
    }

    /// <summary>The whole command line, for programs that run others.</summary>
    internal string[] CommandLine(params string[] flags) => ["dotnet", ToolProcess.File(Program), .. Arguments(Source, Target, flags)];

    internal byte[] Result(string name) => File.ReadAllBytes(Path.Combine(Target, name));

    internal static string[] NamesIn(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.GetFileSystemEntries(folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)]
            : [];
}
