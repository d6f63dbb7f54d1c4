using System.Text.RegularExpressions;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Architecture;

/// <summary>docs/architecture.md: its table of folders is that of the sources.</summary>
public sealed partial class DocumentedFolderTests
{
    private static readonly string[] s_projects = ["tensorgraph", "imaging", "dnnlib", "training", "dataset_tool", "StyleGan2.Encoder"];

    [Fact]
    public void The_page_has_a_line_for_each_folder_of_sources()
    {
        string page = File.ReadAllText(Repository.File("docs", "architecture.md"));
        IEnumerable<string> listed = TableLine().Matches(page)
            .SelectMany(line => FolderName().Matches(line.Value)).Select(m => m.Groups[1].Value).Where(f => IsOf(f, s_projects));
        Assert.Equal(FoldersOfSources().Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static bool IsOf(string folder, string[] projects) => projects.Contains(folder.Split('/')[0]);

    private static IEnumerable<string> FoldersOfSources() =>
        s_projects.SelectMany(p => Directory.EnumerateFiles(Repository.File(p), "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Replace('\\', '/'))
            .Where(folder => !folder.Split('/').Any(part => part is "bin" or "obj"))
            .Except(["dataset_tool", "StyleGan2.Encoder"])
            .Distinct();

    [GeneratedRegex(@"^\| `[^|]*\|", RegexOptions.Multiline)]
    private static partial Regex TableLine();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex FolderName();
}
