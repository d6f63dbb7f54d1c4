using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>Several processes of project_images share a folder of results: each picture is projected once, with the same bits.</summary>
public sealed class ProjectImagesSharingTests : IDisposable
{
    private static readonly string[] s_names = ["a", "b", "c"];
    private static readonly string[] s_results = [.. s_names.SelectMany(n => new[] { $"{n}.json", $"{n}.npy", $"{n}.png" })];

    private readonly ProjectImagesFolders _alone = new();
    private readonly ProjectImagesFolders _shared = new();

    public ProjectImagesSharingTests()
    {
        foreach (string name in s_names)
        {
            _alone.AddPicture("b.png", $"{name}.png");
            _shared.AddPicture("b.png", $"{name}.png");
        }
    }

    public void Dispose()
    {
        _alone.Dispose();
        _shared.Dispose();
    }

    [Fact]
    public async Task Shares_projected_at_the_same_time_are_the_pictures_of_one_run()
    {
        Assert.Equal(0, (await _alone.Run("--num-steps", "5")).ExitCode);
        ToolResult[] shares = await Task.WhenAll(
            _shared.Run("--num-steps", "5", "--shard", "0/2"), _shared.Run("--num-steps", "5", "--shard", "1/2"));
        Assert.Equal([0, 0], shares.Select(s => s.ExitCode));
        Assert.Equal(["a.png", "c.png"], Projected(shares[0]).Order());
        Assert.Equal(["b.png"], Projected(shares[1]));
        AssertSameResults();
    }

    [Fact]
    public async Task Processes_with_the_same_command_divide_the_pictures_among_them()
    {
        Assert.Equal(0, (await _alone.Run("--num-steps", "5")).ExitCode);
        ToolResult[] both = await Task.WhenAll(_shared.Run("--num-steps", "5"), _shared.Run("--num-steps", "5"));
        Assert.All(both, r => Assert.Contains(r.ExitCode, new[] { 0, 75 }));
        Assert.Equal(["a.png", "b.png", "c.png"], both.SelectMany(Projected).Order());
        AssertSameResults();
    }

    [Fact]
    public async Task A_picture_that_another_process_projects_is_passed_over_and_the_command_can_be_tried_again()
    {
        string claim = Path.Combine(Directory.CreateDirectory(_shared.Target).FullName, ".stylegan2-claim-b");
        using (new FileStream(claim, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            ToolResult result = await _shared.Run("--num-steps", "1");
            Assert.Equal(75, result.ExitCode);
            Assert.Equal(
                $"Error: {_shared.Target}: 1 of 3 pictures are being projected by other processes; "
                    + "run the same command again when they have ended, to make sure of them\n",
                result.Error);
            Assert.Equal(["a.png", "c.png"], Projected(result).Order());
        }

        // The file that a process left when it died claims nothing.
        Assert.True(File.Exists(claim));
        Assert.Equal(0, (await _shared.Run("--num-steps", "1")).ExitCode);
        Assert.Equal(s_results, _shared.Results);
    }

    [Theory]
    [InlineData("2/2")]
    [InlineData("auto")]
    public async Task A_share_that_is_none_is_wrong_usage(string shard)
    {
        ToolResult result = await _shared.Run("--shard", shard);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"Error: --shard is {shard}; it must be I/N with I from 0 to N - 1", result.ErrorLine, StringComparison.Ordinal);
    }

    /// <summary>The pictures that a run projected, by the lines that it printed.</summary>
    private static string[] Projected(ToolResult result) =>
    [
        .. result.Output.Split('\n').Where(l => l.StartsWith("Projecting image ", StringComparison.Ordinal)).Select(l => l.Split('"')[1]),
    ];

    private void AssertSameResults()
    {
        Assert.Equal(s_results, _shared.Results);
        Assert.All(
            s_results.Where(r => !r.EndsWith(".json", StringComparison.Ordinal)),
            name => Assert.Equal(_alone.Result(name), _shared.Result(name)));
    }
}
