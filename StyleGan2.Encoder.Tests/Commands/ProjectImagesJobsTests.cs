using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>Several pictures projected at the same time in one process: results do not depend on how many, and none is lost.</summary>
public sealed class ProjectImagesJobsTests : IDisposable
{
    private static readonly string[] s_names = ["a", "b", "c", "d"];

    private readonly ProjectImagesFolders _one = new();
    private readonly ProjectImagesFolders _several = new();

    public ProjectImagesJobsTests()
    {
        foreach (ProjectImagesFolders folders in (ProjectImagesFolders[])[_one, _several])
        {
            folders.AddPicture("a.jpg", "a.jpg");
            Array.ForEach(s_names[1..], name => folders.AddPicture("b.png", $"{name}.png"));
        }
    }

    public void Dispose()
    {
        _one.Dispose();
        _several.Dispose();
    }

    [Theory]
    [InlineData("2")]
    [InlineData("3")]
    public async Task Results_have_the_same_bits_however_many_are_projected_at_the_same_time(string jobs)
    {
        string[] flags = ["--num-steps", "9", "--initial-noise-factor", "0.5", "--save-noise"];
        await Succeed(_one, [.. flags, "--jobs", "1"]);
        ToolResult result = await Succeed(_several, [.. flags, "--jobs", jobs]);
        Assert.Contains($"\nProjecting {jobs} pictures at a time\n", result.Output, StringComparison.Ordinal);
        AssertSameResults(s_names);
        Assert.All(s_names, n => AssertSameMaps($"{n}.noise.npz"));
        Assert.False(Directory.Exists(_several.Temporary));
    }

    [Fact]
    public async Task Left_to_the_program_there_are_no_more_jobs_than_pictures()
    {
        await Succeed(_one, "--num-steps", "2", "--pictures", "0");
        await Succeed(_several, "--num-steps", "2", "--jobs", "50");
        Assert.Equal(_one.Result("a.npy"), _several.Result("a.npy"));
    }

    [Theory]
    [InlineData("1", "3", 3)]
    [InlineData("2", "2", 4)]
    public async Task Pictures_of_batches_are_those_of_single_runs(string jobs, string batchSize, int atOnce)
    {
        string[] flags = ["--num-steps", "9", "--initial-noise-factor", "0.5"];
        await Succeed(_one, [.. flags, "--jobs", "1"]);
        ToolResult result = await Succeed(_several, [.. flags, "--jobs", jobs, "--batch-size", batchSize]);
        Assert.Contains(
            $"\nProjecting {atOnce} pictures at a time, {batchSize} in a batch\n", result.Output, StringComparison.Ordinal);
        Assert.All(s_names, name => Assert.InRange(
            Golden.Difference(Dlatents(_one, name), Dlatents(_several, name)), 0, 1e-3));
    }

    [Fact]
    public async Task A_picture_that_fails_in_a_batch_loses_nothing_of_the_others_and_is_projected_again()
    {
        string[] flags = ["--num-steps", "5", "--jobs", "1", "--batch-size", "3"];
        byte[] whole = File.ReadAllBytes(Path.Combine(_several.Source, "b.png"));
        File.WriteAllBytes(Path.Combine(_several.Source, "b.png"), whole[..(whole.Length / 2)]);
        Assert.Equal(1, (await _several.Run(flags)).ExitCode);
        Assert.Equal(["a.json", "a.npy", "a.png", "c.json", "c.npy", "c.png", "d.json", "d.npy", "d.png"], _several.Results);
        File.WriteAllBytes(Path.Combine(_several.Source, "b.png"), whole);
        await Succeed(_several, flags);
        Assert.Contains("b.npy", _several.Results);
    }

    [Fact]
    public async Task A_picture_that_fails_loses_nothing_of_the_others()
    {
        await Succeed(_one, "--num-steps", "5", "--jobs", "1");
        byte[] whole = File.ReadAllBytes(Path.Combine(_several.Source, "b.png"));
        File.WriteAllBytes(Path.Combine(_several.Source, "b.png"), whole[..(whole.Length / 2)]);
        ToolResult result = await _several.Run("--num-steps", "5", "--jobs", "3");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {Path.Combine(_several.Source, "b.png")}: ", result.ErrorLine, StringComparison.Ordinal);
        AssertSameResults("a", "c", "d");
    }

    [Fact]
    public async Task Stopped_it_keeps_a_checkpoint_of_each_picture_and_goes_on_from_all_of_them()
    {
        const string steps = "300";
        await Succeed(_one, "--num-steps", steps, "--pictures", "0-1", "--jobs", "1");
        string[] flags = ["--num-steps", steps, "--pictures", "0-1", "--jobs", "2"];
        string[] checkpoints = [.. s_names[..2].Select(n => Path.Combine(_several.Target, $".stylegan2-checkpoint-{n}.npz"))];
        ToolResult stopped = await RunStopping.When(
            () => checkpoints.All(File.Exists),
            ProjectImagesFolders.Program,
            _several.Arguments(_several.Source, _several.Target, [.. flags, "--checkpoint-every", "0.02"]),
            "INT");
        Assert.Equal(130, stopped.ExitCode);
        Assert.Matches(
            @"^Error: stopped at step \d+ of 300 of a.jpg and step \d+ of 300 of b.png; run the same command again to go on from there\n$",
            stopped.Error);
        Assert.Equal(checkpoints.Select(c => Path.GetFileName(c)), _several.Results);
        Assert.False(Directory.Exists(_several.Temporary));

        ToolResult again = await Succeed(_several, flags);
        Assert.Equal(2, again.Output.Split("\n").Count(l => l.Contains("\" from step ", StringComparison.Ordinal)));
        AssertSameResults("a", "b");
    }

    [Fact]
    public async Task Processes_with_several_jobs_each_divide_the_pictures_among_them()
    {
        await Succeed(_one, "--num-steps", "5", "--jobs", "1");
        ToolResult[] both = await Task.WhenAll(
            _several.Run("--num-steps", "5", "--jobs", "2"), _several.Run("--num-steps", "5", "--jobs", "2"));
        Assert.All(both, r => Assert.Contains(r.ExitCode, new[] { 0, 75 }));
        AssertSameResults(s_names);
    }

    private static NDArray Dlatents(ProjectImagesFolders folders, string name) =>
        np.load_npy(Path.Combine(folders.Target, $"{name}.npy"));

    private static async Task<ToolResult> Succeed(ProjectImagesFolders folders, params string[] flags)
    {
        ToolResult result = await folders.Run(flags);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        return result;
    }

    private void AssertSameResults(params IEnumerable<string> names)
    {
        foreach (string result in names.SelectMany(n => (string[])[$"{n}.npy", $"{n}.png"]))
        {
            Assert.Equal(_one.Result(result), _several.Result(result));
        }
    }

    private void AssertSameMaps(string name) => Assert.Equal(
        NpzArchive.Load(Path.Combine(_one.Target, name)).SelectMany(m => m.Value.Values<float>()),
        NpzArchive.Load(Path.Combine(_several.Target, name)).SelectMany(m => m.Value.Values<float>()));
}
