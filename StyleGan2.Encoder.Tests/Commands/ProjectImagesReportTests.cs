using System.Text.Json;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>The report that project_images writes beside its results.</summary>
public sealed class ProjectImagesReportTests : IDisposable
{
    private const string Checkpoint = ".stylegan2-checkpoint-b.npz";

    private readonly ProjectImagesFolders _folders = new();
    private readonly ProjectImagesFolders _whole = new();

    private string Index => Path.Combine(_folders.Target, "index.html");

    public void Dispose()
    {
        _folders.Dispose();
        _whole.Dispose();
    }

    [Fact]
    public async Task It_shows_every_picture_with_its_steps_its_pictures_on_the_way_and_its_files()
    {
        _folders.AddPicture("a.jpg", "a.jpg");
        _folders.AddPicture("b.png", "b.png");
        Assert.Equal(0, (await _folders.Run("--num-steps", "6", "--snapshots", "3")).ExitCode);
        string page = File.ReadAllText(Index);
        foreach (string name in (string[])["a", "b"])
        {
            JsonElement entry = Entry(_folders, name);
            Assert.Equal([1, 2, 3, 4, 5, 6], Steps(entry, "curve"));
            Assert.Equal([2, 4, 6], Steps(entry, "snapshots").Order());
            Assert.Contains($"<article id=\"{name}\">", page, StringComparison.Ordinal);
            Assert.All(["png", "npy", "json"], e => Assert.Contains($"href=\"{name}.{e}\"", page, StringComparison.Ordinal));
            Assert.Contains("ONNX Runtime 1.", entry.GetProperty("versions").GetString(), StringComparison.Ordinal);
        }

        Assert.Contains("<th>num_steps</th><td>6</td>", page, StringComparison.Ordinal);
        Assert.Contains("<th>tf_random_seed</th>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_projection_that_was_stopped_shows_the_distances_of_one_that_was_not()
    {
        _whole.AddPicture("b.png", "b.png");
        _folders.AddPicture("b.png", "b.png");
        string[] flags = ["--num-steps", "1000", "--checkpoint-every", "0.05"];
        Assert.Equal(0, (await _whole.Run(flags)).ExitCode);
        ToolResult stopped = await RunStopping.When(
            () => File.Exists(Path.Combine(_folders.Target, Checkpoint)), ProjectImagesFolders.Program,
            _folders.Arguments(_folders.Source, _folders.Target, flags), "TERM");
        Assert.Equal(143, stopped.ExitCode);
        Assert.Matches(@"step \d+ of 1000<", File.ReadAllText(Index));
        Assert.Contains("from step ", (await _folders.Run(flags)).Output, StringComparison.Ordinal);
        Assert.Equal(
            Entry(_whole, "b").GetProperty("curve").GetRawText(), Entry(_folders, "b").GetProperty("curve").GetRawText());
        Assert.Equal(Steps(Entry(_whole, "b"), "snapshots"), Steps(Entry(_folders, "b"), "snapshots"));
    }

    [Fact]
    public async Task A_page_of_the_users_own_is_kept_and_the_pictures_are_projected()
    {
        _folders.AddPicture("b.png", "b.png");
        Directory.CreateDirectory(_folders.Target);
        File.WriteAllText(Index, "mine");
        ToolResult result = await _folders.Run("--num-steps", "1");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Contains($"{Index}: this program did not write it and keeps it; ", result.Output, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Index));
        Assert.Equal(["b.json", "b.npy", "b.png"], _folders.Results);
    }

    [Fact]
    public async Task It_can_be_left_out()
    {
        _folders.AddPicture("b.png", "b.png");
        Assert.Equal(0, (await _folders.Run("--num-steps", "1", "--no-report")).ExitCode);
        Assert.Equal(["b.json", "b.npy", "b.png"], ProjectImagesFolders.NamesIn(_folders.Target));
    }

    [Fact]
    public async Task The_command_report_makes_it_again()
    {
        _folders.AddPicture("b.png", "b.png");
        Assert.Equal(0, (await _folders.Run("--num-steps", "1")).ExitCode);
        byte[] before = File.ReadAllBytes(Index);
        File.Delete(Index);
        ToolResult result = await ToolProcess.Run(ProjectImagesFolders.Program, "report", _folders.Target);
        Assert.Equal((0, $"1 pictures on 1 pages: {Index}\n", string.Empty), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(before, File.ReadAllBytes(Index));
    }

    [Fact]
    public async Task A_report_of_a_folder_without_results_is_one_line()
    {
        ToolResult result = await ToolProcess.Run(ProjectImagesFolders.Program, "report", _folders.Root);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            $"Error: {_folders.Root}: it has no index_files, from which a report is made; give a folder with results of project_images",
            result.ErrorLine);
    }

    private static JsonElement Entry(ProjectImagesFolders folders, string name)
    {
        using JsonDocument entry = JsonDocument.Parse(folders.Result(Path.Combine("index_files", "0", $"{name}.json")));
        return entry.RootElement.Clone();
    }

    private static int[] Steps(JsonElement entry, string list) =>
        [.. entry.GetProperty(list).EnumerateArray().Select(e => e.GetProperty("step").GetInt32())];
}
