using System.Text.Json;
using StyleGan2.Encoder.Tests.Commands;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Watching;

/// <summary><c>--log-json</c>: a line an event.</summary>
public sealed class RunLogTests : IDisposable
{
    private readonly ProjectImagesFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    private string Log => Path.Combine(_folders.Root, "log.jsonl");

    [Fact]
    public async Task A_run_leaves_a_line_for_its_start_each_step_each_picture_and_its_end()
    {
        _folders.AddPicture("b.png", "b.png");
        File.WriteAllText(Path.Combine(_folders.Source, "notes.txt"), "no picture");
        ToolResult result = await _folders.Run("--num-steps", "3", "--log-json", Log);
        Assert.Equal(1, result.ExitCode);
        JsonElement[] events = [.. File.ReadAllLines(Log).Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.Equal(
            ["start", "begin", "failed", "expect", "begin", "step", "step", "step", "finished", "end"],
            events.Select(Name).Where(n => n != "note").Where((n, i) => n != "step" || i > 4));
        Assert.Equal("project_images", events[0].GetProperty("command").GetString());
        JsonElement failed = events.Single(e => Name(e) == "failed"), finished = events.Single(e => Name(e) == "finished");
        Assert.Equal("notes.txt", failed.GetProperty("name").GetString());
        Assert.Contains("not a picture", failed.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("b.png", finished.GetProperty("name").GetString());
        Assert.Equal(events.Last(e => Name(e) == "step").GetProperty("distance").GetDouble(), finished.GetProperty("distance").GetDouble());
        JsonElement end = events[^1];
        Assert.Equal("done", end.GetProperty("how").GetString());
        Assert.Equal((1, 1), (end.GetProperty("finished").GetInt32(), end.GetProperty("failed").GetInt32()));
        Assert.All(events, e => Assert.EndsWith("Z", e.GetProperty("time").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_event_is_on_its_page_with_its_members()
    {
        _folders.AddPicture("b.png", "b.png");
        File.WriteAllText(Path.Combine(_folders.Source, "notes.txt"), "no picture");
        await _folders.Run("--num-steps", "1", "--log-json", Log);
        string page = File.ReadAllText(Repository.File("docs", "watching.md"));
        Assert.All(File.ReadAllLines(Log), line =>
        {
            JsonElement found = JsonDocument.Parse(line).RootElement;
            IEnumerable<string> members = found.EnumerateObject().Select(p => p.Name).Except(["time", "event"]);
            Assert.Contains($"| `{Name(found)}` | {string.Join(", ", members.Select(m => $"`{m}`"))} |", page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_run_that_is_stopped_says_so_and_the_next_one_adds_to_its_file()
    {
        _folders.AddPicture("b.png", "b.png");
        string[] arguments = _folders.Arguments(_folders.Source, _folders.Target, "--log-json", Log);
        await RunStopping.AtLine("Projecting image", ProjectImagesFolders.Program, [.. arguments, "--num-steps", "100000"]);
        string[] first = File.ReadAllLines(Log);
        Assert.Equal("stopped", JsonDocument.Parse(first[^1]).RootElement.GetProperty("how").GetString());
        await _folders.Run("--num-steps", "1", "--log-json", Log);
        string[] both = File.ReadAllLines(Log);
        Assert.Equal(first, both[..first.Length]);
        Assert.Equal("done", JsonDocument.Parse(both[^1]).RootElement.GetProperty("how").GetString());
    }

    [Fact]
    public async Task A_file_of_another_kind_is_left_alone()
    {
        _folders.AddPicture("b.png", "b.png");
        File.WriteAllText(Log, "my notes");
        ToolResult result = await _folders.Run("--num-steps", "1", "--log-json", Log);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            $"Error: {Log}: the file exists and is no log of this program; give another name to --log-json", result.ErrorLine);
        Assert.Equal("my notes", File.ReadAllText(Log));
        Assert.False(Directory.Exists(_folders.Target));
    }

    private static string Name(JsonElement line) => line.GetProperty("event").GetString()!;
}
