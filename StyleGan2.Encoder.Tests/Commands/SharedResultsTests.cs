using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>Processes that write into one folder at the same time.</summary>
public sealed class SharedResultsTests : IDisposable
{
    private const int Pictures = 8;

    private readonly ProjectImagesFolders _shared = new();
    private readonly ProjectImagesFolders _alone = new();

    public void Dispose()
    {
        _shared.Dispose();
        _alone.Dispose();
    }

    [Fact]
    public async Task Two_processes_project_each_picture_once_with_the_bits_of_one_process()
    {
        foreach (int i in Enumerable.Range(0, Pictures))
        {
            _shared.AddPicture(i % 2 == 0 ? "a.jpg" : "b.png", $"{i}.{(i % 2 == 0 ? "jpg" : "png")}");
            _alone.AddPicture(i % 2 == 0 ? "a.jpg" : "b.png", $"{i}.{(i % 2 == 0 ? "jpg" : "png")}");
        }

        string[] flags = ["--num-steps", "40", "--checkpoint-every", "0.1"];
        ToolResult[] both = await Task.WhenAll(_shared.Run(flags), _shared.Run(flags));
        Assert.All(both, r => Assert.Contains(r.ExitCode, (int[])[0, 75]));
        Assert.Contains(both, r => r.ExitCode == 0);
        Assert.Equal(
            Enumerable.Range(0, Pictures).Select(i => $"{i}"),
            both.SelectMany(r => r.Output.Split('\n')).Where(l => l.StartsWith("Projecting image", StringComparison.Ordinal))
                .Select(l => l["Projecting image \"".Length..].Split('.')[0]).Order());

        Assert.Equal(0, (await _alone.Run(flags)).ExitCode);
        Assert.Equal(_alone.Results, _shared.Results);
        Assert.All(
            _alone.Results.Where(n => !n.EndsWith(".json", StringComparison.Ordinal)),
            name => Assert.Equal(_alone.Result(name), _shared.Result(name)));
    }

    [Fact]
    public async Task Two_runs_of_the_same_command_have_a_folder_each()
    {
        string results = Path.Combine(_shared.Root, "results");
        string[] arguments =
        [
            "project-generated-images", "--network", Golden.Path("projector", "r32", "network.pkl"), "--seeds=1", "--num-steps=40",
            "--num-snapshots=1", "--result-dir", results,
        ];
        ToolResult[] both = await Task.WhenAll(
            ToolProcess.Run(ProjectImagesFolders.Program, arguments), ToolProcess.Run(ProjectImagesFolders.Program, arguments));
        Assert.All(both, r => Assert.Equal((0, string.Empty), (r.ExitCode, r.Error)));
        Assert.Equal(["00000-project-generated-images", "00001-project-generated-images"], ProjectImagesFolders.NamesIn(results));
        string[] images = ["seed0001-step0040.png", "seed0001-target.png"];
        Assert.All(ProjectImagesFolders.NamesIn(results), folder =>
            Assert.Equal(["run.json", .. images], ProjectImagesFolders.NamesIn(Path.Combine(results, folder))));
    }
}
