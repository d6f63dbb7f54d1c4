using System.Text.RegularExpressions;
using NumSharp;
using Samples.Library;
using StyleGan2.Encoder.Projection;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Samples;

/// <summary>The samples of README and docs: shown whole, compiled, and they do what they say.</summary>
public sealed partial class DocumentedSampleTests : IDisposable
{
    private static readonly string s_portrait = Repository.File("samples", "portraits", "portrait-01.png");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("README.md", "ProjectOnePicture.cs")]
    [InlineData("docs/data.md", "ReadDataset.cs")]
    public void A_page_shows_a_sample_whole(string page, string sample) =>
        Assert.Equal(
            File.ReadAllText(Repository.File("samples", "Library", sample)),
            Assert.Single(CodeBlock().Matches(File.ReadAllText(Repository.File(page)))).Groups[1].Value);

    [Fact]
    public void The_sample_projects_a_picture_reports_each_step_and_saves_the_picture_with_its_dlatents()
    {
        ReportedSteps steps = new();
        ProjectOnePicture.Run(
            s_portrait, _folder.File("result"), new ProjectorOptions { NumSteps = 2 }, steps, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], steps.Numbers);
        Assert.Equal([12, 64], np.load_npy(_folder.File("result.npy")).shape);
        Assert.True(File.Exists(_folder.File("result.png")));
    }

    [Fact]
    public void The_sample_stops_between_two_steps_and_saves_nothing()
    {
        using CancellationTokenSource stop = new();
        ReportedSteps steps = new() { OnStep = _ => stop.Cancel() };
        Assert.Throws<OperationCanceledException>(
            () => ProjectOnePicture.Run(s_portrait, _folder.File("result"), new ProjectorOptions(), steps, stop.Token));
        Assert.Equal([1], steps.Numbers);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
