using System.Text.RegularExpressions;
using NumSharp;
using Samples.Library;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Samples;

/// <summary>The samples of README and docs: shown whole, compiled, and they do what they say.</summary>
public sealed partial class DocumentedSampleTests : IDisposable
{
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
    public void The_sample_projects_a_picture_and_saves_it_with_its_dlatents()
    {
        string portrait = Repository.File("samples", "portraits", "portrait-01.png");
        ProjectOnePicture.Run(portrait, _folder.File("result"), steps: 2, TestContext.Current.CancellationToken);
        Assert.Equal([12, 64], np.load_npy(_folder.File("result.npy")).shape);
        Assert.True(File.Exists(_folder.File("result.png")));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
