using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Architecture;

public sealed class ProjectReferenceTests
{
    /// <summary>The projects that each may reference, directly or through others, as docs/architecture.md draws them.</summary>
    private static readonly Dictionary<string, string[]> s_below = new()
    {
        ["tensorgraph"] = [],
        ["imaging"] = [],
        ["dnnlib"] = ["tensorgraph"],
        ["training"] = ["imaging", "dnnlib", "tensorgraph"],
        ["dataset_tool"] = ["training", "imaging", "dnnlib", "tensorgraph"],
        ["StyleGan2.Encoder"] = ["dataset_tool", "training", "imaging", "dnnlib", "tensorgraph"],
        ["samples/Library"] = ["StyleGan2.Encoder"],
        ["fuzz"] = ["StyleGan2.Encoder", "dataset_tool"],
    };

    public static TheoryData<string> Projects => [.. s_below.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_of_a_project_point_to_those_below_it(string project) =>
        Assert.Empty(ReferencesOf(project).Except(s_below[project]));

    [Fact]
    public void Every_project_that_is_referenced_has_its_place_among_the_layers() =>
        Assert.Empty(SourceTree.Projects.Select(SourceTree.FolderOf).SelectMany(ReferencesOf).Except(s_below.Keys));

    private static IEnumerable<string> ReferencesOf(string folder) =>
        SourceTree.Project(SourceTree.Projects.Single(p => SourceTree.FolderOf(p) == folder))
            .Descendants("ProjectReference")
            .Select(r => Path.Combine(Repository.Root, folder, r.Attribute("Include")!.Value.Replace('\\', '/')))
            .Select(p => SourceTree.FolderOf(Path.GetRelativePath(Repository.Root, p)));
}
