using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>Each picture draws the random numbers that it draws in one run of all of them, whatever else is projected.</summary>
public sealed class ProjectImagesStreamTests : IDisposable
{
    private static readonly string[] s_settings = ["--num-steps", "3", "--initial-noise-factor", "0.5"];

    private readonly ProjectImagesFolders _single = new();
    private readonly ProjectImagesFolders _other = new();

    public void Dispose()
    {
        _single.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task A_run_that_is_resumed_gives_the_bits_of_a_single_run()
    {
        AddPictures("a", "b", "c");
        await Succeed(_single);
        await Succeed(_other, "--pictures", "0");
        await Succeed(_other);
        AssertSameResults("a", "b", "c");
    }

    [Fact]
    public async Task A_run_that_is_divided_gives_the_bits_of_a_single_run()
    {
        AddPictures("a", "b", "c");
        await Succeed(_single);
        await Succeed(_other, "--pictures", "2,1");
        Assert.Equal(["b.json", "b.npy", "b.png", "c.json", "c.npy", "c.png"], _other.Results);
        AssertSameResults("b", "c");
    }

    [Fact]
    public async Task A_picture_that_fails_counts_as_projected()
    {
        AddPictures("a", "b", "c");
        await Succeed(_single);
        File.WriteAllText(Path.Combine(_other.Source, "b.png"), "no picture any more");
        Assert.Equal(1, (await _other.Run(s_settings)).ExitCode);
        AssertSameResults("a", "c");
    }

    [Fact]
    public async Task The_same_picture_draws_other_numbers_at_another_position()
    {
        AddPictures("a", "b");
        await Succeed(_single);
        Assert.NotEqual(_single.Result("a.npy"), _single.Result("b.npy"));
    }

    /// <summary>
    /// The first picture has drawn each noise map once and the dlatents' noise 12 + 2 times when the reference comes to the second.
    /// </summary>
    [Fact]
    public async Task The_second_picture_of_the_recorded_run_alone_is_as_recorded()
    {
        string seeds = Path.Combine(_other.Root, "seeds.json");
        File.WriteAllText(seeds, Golden.Json("commands", "commands.json").GetProperty("random_ops").GetRawText());
        string[] flags = ["--num-steps", "12", "--initial-learning-rate", "0.08", "--pictures", "1", "--op-seeds", seeds];
        string[] arguments = _other.Arguments(
            Golden.Path("commands", "project_images", "src"), _other.Target, [.. flags, "--vgg16-pkl", Golden.Path("lpips", "lpips.pkl")]);
        Assert.Equal(0, (await ToolProcess.Run(ProjectImagesFolders.Program, arguments)).ExitCode);
        Assert.Equal(["b.json", "b.npy", "b.png"], _other.Results);
        NDArray expected = Golden.Npy("commands", "project_images", "dst", "b.npy");
        Assert.InRange(Golden.Difference(expected, np.load_npy(Path.Combine(_other.Target, "b.npy"))), 0, 1e-4);
    }

    [Fact]
    public async Task A_position_without_a_picture_is_one_line()
    {
        AddPictures("a", "b");
        ToolResult result = await _other.Run("--pictures", "1-2");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"Error: {_other.Source}: there is no picture 2; it has pictures 0 to 1", result.ErrorLine);
        Assert.False(Directory.Exists(_other.Target));
    }

    private void AddPictures(params string[] names)
    {
        foreach (string name in names)
        {
            _single.AddPicture("b.png", $"{name}.png");
            _other.AddPicture("b.png", $"{name}.png");
        }
    }

    private void AssertSameResults(params string[] names)
    {
        foreach (string result in names.SelectMany(n => (string[])[$"{n}.npy", $"{n}.png"]))
        {
            Assert.Equal(_single.Result(result), _other.Result(result));
        }
    }

    private static async Task Succeed(ProjectImagesFolders folders, params string[] flags)
    {
        ToolResult result = await folders.Run([.. s_settings, .. flags]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
    }
}
