using System.Text.RegularExpressions;

namespace StyleGan2.Encoder.Tests.Architecture;

public sealed partial class SourceFileTests
{
    private const int LongestLine = 140;

    [Fact]
    public void The_namespace_of_a_file_is_its_folder()
    {
        Dictionary<string, string> roots = SourceTree.Projects.ToDictionary(SourceTree.FolderOf, RootNamespace);
        IEnumerable<string> files = SourceTree.CSharpFiles.Where(f => SourceTree.NamespaceOf(f) is not null);
        Rule.AssertUnbroken(files.Where(f => SourceTree.NamespaceOf(f) != Expected(f, roots)));
    }

    [Fact]
    public void A_file_declares_one_type_and_has_its_name() =>
        Rule.AssertUnbroken(SourceTree.CSharpFiles.Where(f => !DeclaresItsType(f)));

    [Fact]
    public void A_line_has_at_most_140_columns() =>
        Rule.AssertUnbroken(SourceTree.CSharpFiles.Where(f => SourceTree.Lines(f).Any(l => l.Length > LongestLine)));

    [Fact]
    public void No_file_has_regions() =>
        Assert.DoesNotContain(SourceTree.CSharpFiles, f => SourceTree.Lines(f).Any(RegionLine().IsMatch));

    private static string RootNamespace(string project) =>
        SourceTree.Project(project).Descendants("RootNamespace").SingleOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(project);

    private static string Expected(string file, Dictionary<string, string> roots)
    {
        if (file.StartsWith("tensorgraph/Api/", StringComparison.Ordinal))
        {
            return roots["tensorgraph"];
        }

        string folder = SourceTree.FolderOf(file);
        string project = roots.Keys.Where(p => folder == p || folder.StartsWith($"{p}/", StringComparison.Ordinal)).MaxBy(p => p.Length)!;
        return roots[project] + folder[project.Length..].Replace('/', '.');
    }

    private static bool DeclaresItsType(string file)
    {
        string[] types = [.. SourceTree.Lines(file).Select(l => TypeLine().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value)];
        string name = Path.GetFileName(file).Split('.')[0];
        return types.Length == 0 ? name == "Program" : types is [var type] && type == name;
    }

    [GeneratedRegex(@"^\s*#region\b")]
    private static partial Regex RegionLine();

    /// <summary>Types within types are indented, as namespaces are file-scoped.</summary>
    [GeneratedRegex(@"^(?:(?:public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe) )*"
        + @"(?:class|struct|interface|enum|record(?: class| struct)?|delegate [\w.<>\[\]?, ]+) (\w+)\b(?!\.)")]
    private static partial Regex TypeLine();
}
