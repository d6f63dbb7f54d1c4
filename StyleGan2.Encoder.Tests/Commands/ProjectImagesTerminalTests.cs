using System.Text.RegularExpressions;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>What project_images leaves on a terminal.</summary>
public sealed partial class ProjectImagesTerminalTests : IDisposable
{
    private readonly ProjectImagesFolders _folders = new();

    public ProjectImagesTerminalTests() => TerminalNeeded.SkipWithoutTerminals();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task Errors_stand_above_the_bars_and_finished_pictures_leave_one_line_each()
    {
        for (int i = 0; i < 3; i++)
        {
            _folders.AddPicture("b.png", $"good{i}.png");
            File.WriteAllBytes(
                Path.Combine(_folders.Source, $"bad{i}.png"), File.ReadAllBytes(Path.Combine(_folders.Source, "good0.png"))[..3000]);
        }

        string command = $"export TERM=xterm-256color; stty columns 250; {string.Join(' ', _folders.CommandLine("--num-steps", "40"))}";
        ToolResult result = await ToolProcess.RunFile("script", TimeSpan.FromMinutes(2), "-qec", command, "/dev/null");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("\e[", result.Output, StringComparison.Ordinal);
        string[] left = Screen.After(result.Output);
        for (int i = 0; i < 3; i++)
        {
            string bad = $"Error: {Path.Combine(_folders.Source, $"bad{i}.png")}: ";
            Assert.Single(left, l => l.StartsWith(bad, StringComparison.Ordinal) && l.Contains("cut off", StringComparison.Ordinal));
            Assert.Single(left, l => FinishedLine().IsMatch(l) && l.StartsWith($"good{i}.png", StringComparison.Ordinal));
        }

        Assert.DoesNotContain(left, l => l.Contains('%', StringComparison.Ordinal));
        Assert.Single(left, l => l == $"Wrote the results of 3 of 6 pictures to {_folders.Target}");
    }

    [GeneratedRegex(@"^good\d\.png: distance [\d.]+, mean absolute error [\d.]+ of 255, [\d.]+ s$")]
    private static partial Regex FinishedLine();
}
