using StyleGan2.Encoder.Tests.Commands;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Watching;

/// <summary>What a user sees of project_images from its start to its end.</summary>
public sealed class WatchedRunTests : IDisposable
{
    private readonly ProjectImagesFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task The_table_at_the_end_has_a_line_for_each_picture_the_failed_ones_last_with_their_reasons()
    {
        _folders.AddPicture("b.png", "good.png");
        File.WriteAllText(Path.Combine(_folders.Source, "bad.png"), "no picture");
        ToolResult result = await _folders.Run("--num-steps", "2");
        string[] table = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^3..];
        Assert.Matches("^picture +distance +error of 255 +time +failed$", table[0]);
        Assert.Matches(@"^good\.png +[\d.]+ +[\d.]+ +\d+ s$", table[1]);
        Assert.Matches($"^bad\\.png +{Path.Combine(_folders.Source, "bad.png")}: not a picture", table[2]);
    }

    /// <summary>The network is a pipe that nobody writes to, so that the run waits for it.</summary>
    [Fact]
    public async Task A_line_is_there_before_the_network_is_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs mkfifo");
        _folders.AddPicture("b.png", "b.png");
        string pipe = Path.Combine(_folders.Root, "network.pkl");
        await ToolProcess.RunFile("mkfifo", TimeSpan.FromMinutes(1), pipe);
        string[] arguments = _folders.Arguments(_folders.Source, _folders.Target, "--network-pkl", pipe);
        ToolResult result = await RunStopping.AtLine("Looking at 1 pictures", ProjectImagesFolders.Program, arguments, "KILL");
        Assert.DoesNotContain("Loading", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_shows_colours_on_a_terminal_and_changes_no_bit_of_the_results()
    {
        TerminalNeeded.SkipWithoutTerminals();
        _folders.AddPicture("b.png", "b.png");
        Assert.Equal(0, (await _folders.Run("--num-steps", "4")).ExitCode);
        byte[] expected = _folders.Result("b.npy");
        ToolResult result = await OnTerminal("COLORTERM=truecolor");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("\e[38;2;", result.Output, StringComparison.Ordinal);
        Assert.Contains('\u2580', result.Output);
        Assert.Equal(expected, _folders.Result("b.npy"));
    }

    [Fact]
    public async Task Lines_that_a_narrow_terminal_breaks_have_nothing_of_the_bars_left()
    {
        TerminalNeeded.SkipWithoutTerminals();
        _folders.AddPicture("b.png", "a-picture-with-a-long-name-that-is-broken.png");
        _folders.AddPicture("b.png", "b.png");
        string run = string.Join(' ', _folders.CommandLine("--num-steps", "40"));
        ToolResult result = await ToolProcess.RunFile(
            "script", TimeSpan.FromMinutes(2), "-qec", $"stty columns 60 rows 50; TERM=xterm-256color {run}", "/dev/null");
        string[] left = Screen.After(result.Output);
        Assert.Single(left, l => l.StartsWith("a-picture-with-a-long-name-that-is-broken.png: ", StringComparison.Ordinal));
        Assert.All((string[])["to come", "steps/s", " left"], part =>
            Assert.DoesNotContain(left, l => l.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task No_color_is_heeded()
    {
        TerminalNeeded.SkipWithoutTerminals();
        _folders.AddPicture("b.png", "b.png");
        ToolResult result = await OnTerminal("COLORTERM=truecolor NO_COLOR=1");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("No preview is drawn: the terminal has no colours, or NO_COLOR is set", result.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\e\[[\d;]*m", result.Output);
    }

    private Task<ToolResult> OnTerminal(string environment)
    {
        string run = string.Join(' ', _folders.CommandLine("--num-steps", "4", "--preview", "--overwrite"));
        string command = $"stty columns 120 rows 50; env -u NO_COLOR {environment} TERM=xterm-256color {run}";
        return ToolProcess.RunFile("script", TimeSpan.FromMinutes(2), "-qec", command, "/dev/null");
    }
}
