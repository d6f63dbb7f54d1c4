using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>project_images stopped on the way, by request or by force, goes on with the bits of a run that was not.</summary>
public sealed class ProjectImagesStoppingTests : IDisposable
{
    private const string Steps = "300";
    private const string Checkpoint = ".stylegan2-checkpoint-b.npz";

    private readonly ProjectImagesFolders _whole = new();
    private readonly ProjectImagesFolders _stopped = new();

    public void Dispose()
    {
        _whole.Dispose();
        _stopped.Dispose();
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    public async Task Told_to_stop_it_keeps_finished_pictures_and_a_checkpoint_and_goes_on_from_there(string signal, int exitCode)
    {
        await ProjectWhole();
        ToolResult stopped = await Stop(signal);
        Assert.Equal(exitCode, stopped.ExitCode);
        Assert.Matches(@"^Error: stopped at step \d+ of 300 of b.png; run the same command again to go on from there\n$", stopped.Error);
        Assert.Equal([Checkpoint, "a.json", "a.npy", "a.png"], _stopped.Results);
        Assert.False(Directory.Exists(_stopped.Temporary));

        ToolResult again = await _stopped.Run("--num-steps", Steps);
        Assert.Matches("\nProjecting image \"b.png\" from step [1-9]\\d* on...\n", again.Output);
        AssertSameResults();
    }

    [Fact]
    public async Task Killed_it_goes_on_from_its_last_checkpoint()
    {
        await ProjectWhole();
        for (int kills = 0; kills < 2; kills++)
        {
            await Stop("KILL");
        }

        Assert.Contains("from step ", (await _stopped.Run("--num-steps", Steps)).Output, StringComparison.Ordinal);
        AssertSameResults();
    }

    [Fact]
    public async Task A_checkpoint_of_other_settings_is_kept_until_it_may_be_overwritten()
    {
        AddPictures(_stopped);
        await Stop("TERM");
        byte[] checkpoint = _stopped.Result(Checkpoint);
        ToolResult other = await _stopped.Run("--num-steps", "3");
        Assert.Contains(
            "1 of 2 pictures have checkpoints made with other settings (num_steps 300 instead of 3), which are kept; "
                + "--overwrite projects them again\n",
            other.Output,
            StringComparison.Ordinal);
        Assert.Equal(checkpoint, _stopped.Result(Checkpoint));

        Assert.Equal(0, (await _stopped.Run("--num-steps", "3", "--overwrite")).ExitCode);
        Assert.Equal(["a.json", "a.npy", "a.png", "b.json", "b.npy", "b.png"], _stopped.Results);
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_one_line_that_says_what_to_do()
    {
        AddPictures(_stopped);
        string file = Path.Combine(Directory.CreateDirectory(_stopped.Target).FullName, Checkpoint);
        File.WriteAllText(file, "no checkpoint");
        ToolResult result = await _stopped.Run("--num-steps", "3");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {file}: the checkpoint is damaged: ", result.ErrorLine, StringComparison.Ordinal);
        Assert.EndsWith(
            "; remove it, or give --overwrite, to project the picture from its first step\n", result.Error, StringComparison.Ordinal);

        Assert.Equal(0, (await _stopped.Run("--num-steps", "3", "--overwrite")).ExitCode);
        Assert.False(File.Exists(file));
    }

    /// <summary>Projects both pictures in one run.</summary>
    private async Task ProjectWhole()
    {
        AddPictures(_whole);
        AddPictures(_stopped);
        Assert.Equal(0, (await _whole.Run("--num-steps", Steps)).ExitCode);
    }

    private static void AddPictures(ProjectImagesFolders folders)
    {
        folders.AddPicture("a.jpg", "a.jpg");
        folders.AddPicture("b.png", "b.png");
    }

    /// <summary>Stops a run when it has written a checkpoint of b.png.</summary>
    private Task<ToolResult> Stop(string signal)
    {
        string checkpoint = Path.Combine(_stopped.Target, Checkpoint);
        DateTime before = File.GetLastWriteTimeUtc(checkpoint);
        return RunStopping.When(
            () => File.GetLastWriteTimeUtc(checkpoint) != before,
            ProjectImagesFolders.Program,
            _stopped.Arguments(_stopped.Source, _stopped.Target, "--num-steps", Steps, "--checkpoint-every", "0.02", "--jobs", "1"),
            signal);
    }

    private void AssertSameResults()
    {
        Assert.Equal(["a.json", "a.npy", "a.png", "b.json", "b.npy", "b.png"], _stopped.Results);
        Assert.All(["a.npy", "a.png", "b.npy", "b.png"], name => Assert.Equal(_whole.Result(name), _stopped.Result(name)));
    }
}
