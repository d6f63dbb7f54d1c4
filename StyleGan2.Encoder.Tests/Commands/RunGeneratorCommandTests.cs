using Dnnlib.TfLib;
using StyleGan2.Encoder.Generation;
using StyleGan2.Encoder.Results;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>generate-images and style-mixing-example as their user runs them.</summary>
public sealed class RunGeneratorCommandTests : IDisposable
{
    private const string Program = "StyleGan2.Encoder";

    private static readonly string s_network = Golden.Path("commands", "network.pkl");

    private readonly TemporaryFolder _folder = new();

    private string Results => Path.Combine(_folder.Path, "results");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("generate-images-psi0.5")]
    [InlineData("generate-images-psi1.3")]
    public async Task Generated_images_are_the_references(string recorded)
    {
        ToolResult result = await Run("generate-images", ["--network", s_network, .. RecordedArguments(recorded)]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        AssertAsRecorded(recorded, Path.Combine(Results, "00000-generate-images"));
    }

    /// <summary>The reference made the recorded images in one process with seed 1's, whose noise maps a network keeps.</summary>
    [Fact]
    public void Styles_are_mixed_as_the_reference_does_with_the_noise_maps_that_the_network_has()
    {
        using RunGenerator generator = new(s_network, new TfConfig(), new NoProgress());
        using RunFolder first = RunFolder.Open(Results, "first", []), mixed = RunFolder.Open(Results, "mixed", []);
        generator.GenerateImages([1], 1.3, first, TestContext.Current.CancellationToken);
        generator.StyleMixingExample([85, 100], [55, 821, 293], 1, [0, 1, 2], mixed, TestContext.Current.CancellationToken);
        AssertAsRecorded("generate-images-psi1.3", first.Location);
        AssertAsRecorded("style-mixing-example", mixed.Location);
    }

    [Fact]
    public async Task Style_mixing_makes_an_image_of_every_seed_and_pair_and_a_grid()
    {
        ToolResult result = await Run("style-mixing-example", ["--network", s_network, .. RecordedArguments("style-mixing-example")]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string[] lines = ["Generating W vectors...", "Generating images...", "Generating style-mixed images...", "Saving image grid..."];
        Assert.Equal(lines, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..^1]);
        Assert.Equal(
            NamesIn(Golden.Path("commands", "style-mixing-example")), NamesIn(Path.Combine(Results, "00000-style-mixing-example")));
    }

    [Fact]
    public async Task Progress_is_told_in_the_references_lines_and_runs_are_numbered()
    {
        Directory.CreateDirectory(Path.Combine(Results, "00041-something"));
        ToolResult result = await Run("generate-images", "--network-pkl", s_network, "--seeds", "3-4,9");
        string[] expected =
        [
            $"Results go to \"{Results}\"",
            $"Loading networks from \"{s_network}\"...",
            "Generating image for seed 3 (0/3) ...",
            "Generating image for seed 4 (1/3) ...",
            "Generating image for seed 9 (2/3) ...",
            $"Wrote 3 images to {Path.Combine(Results, "00042-generate-images")}",
        ];
        Assert.Equal(expected, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["seed0003.png", "seed0004.png", "seed0009.png"], NamesIn(Path.Combine(Results, "00042-generate-images")));
    }

    [Theory]
    [InlineData("generate-images", "--seeds 1,x", "--seeds is 1,x; it must be a list of at most 1000000 numbers such as 1,2,5-7")]
    [InlineData("generate-images", "--seeds 5-2", "--seeds is 5-2; it must be a list of at most 1000000 numbers such as 1,2,5-7")]
    [InlineData("generate-images", "--seeds 4294967296", "--seeds is 4294967296; it must be a list of at most 1000000 numbers")]
    [InlineData("generate-images", "--seeds 0-4294967295", "--seeds is 0-4294967295; it must be a list of at most 1000000 numbers")]
    [InlineData("generate-images", "", "--seeds")]
    [InlineData("style-mixing-example", "--row-seeds 1", "--col-seeds")]
    [InlineData("generate-images", "--seeds 1 --truncation-psi much", "much")]
    public async Task Wrong_usage_is_refused_by_name(string command, string arguments, string problem)
    {
        ToolResult result = await Run(command, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem, result.ErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Results));
    }

    [Fact]
    public async Task A_layer_that_the_network_does_not_have_is_one_line()
    {
        ToolResult result = await Run(
            "style-mixing-example", "--network", s_network, "--row-seeds=1", "--col-seeds=2", "--col-styles=8-10");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            "Error: there is no layer 10 to mix: the network's layers are 0 to 9; give others with --col-styles", result.ErrorLine);
        Assert.False(Directory.Exists(Results));
    }

    [Fact]
    public async Task A_network_that_does_not_exist_is_one_line_and_makes_no_folder()
    {
        string missing = Path.Combine(_folder.Path, "missing.pkl");
        ToolResult result = await Run("generate-images", "--network", missing, "--seeds=1");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(missing, result.ErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Results));
    }

    [Fact]
    public async Task Results_that_cannot_be_written_are_one_line()
    {
        File.WriteAllText(Results, "a file where the folder should be");
        ToolResult result = await Run("generate-images", "--network", s_network, "--seeds=1");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {Results}: cannot write results there", result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_is_damaged_is_one_line_and_leaves_no_folder()
    {
        string damaged = _folder.Write("damaged.pkl", File.ReadAllBytes(s_network)[..1000]);
        ToolResult result = await Run("generate-images", "--network", damaged, "--seeds=1");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {damaged}: ", result.ErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Results));
    }

    [Fact]
    public async Task A_run_that_was_stopped_is_continued_by_the_same_command_only()
    {
        string[] flags = ["--network", s_network, "--seeds", "0-99"];
        string first = Path.Combine(Results, "00000-generate-images"), second = Path.Combine(Results, "00001-generate-images");
        string[] arguments = ["generate-images", "--result-dir", Results, .. flags];
        ToolResult stopped = await RunStopping.AtLine("Generating image for seed 2 ", "StyleGan2.Encoder", arguments);
        Assert.Equal((143, "Error: stopped; nothing unfinished was written\n"), (stopped.ExitCode, stopped.Error));
        int before = NamesIn(first).Length;
        Assert.InRange(before, 2, 99);

        ToolResult other = await Run("generate-images", [.. flags[..^1], "0"]);
        Assert.DoesNotContain("Continuing", other.Output, StringComparison.Ordinal);
        Assert.EndsWith($"Wrote 1 images to {second}\n", other.Output, StringComparison.Ordinal);

        ToolResult continued = await Run("generate-images", flags);
        Assert.Contains($"Continuing the run that was stopped in {first}\n", continued.Output, StringComparison.Ordinal);
        Assert.EndsWith($"Wrote {100 - before} images to {first}\n", continued.Output, StringComparison.Ordinal);
        Assert.Equal(100, NamesIn(first).Length);
        Assert.Equal(File.ReadAllBytes(Path.Combine(second, "seed0000.png")), File.ReadAllBytes(Path.Combine(first, "seed0000.png")));
    }

    [Fact]
    public async Task Style_mixing_that_was_stopped_is_continued_with_the_bits_of_a_whole_run()
    {
        string[] flags = ["--network", s_network, "--row-seeds=85-99", "--col-seeds=5-20", "--col-styles=0-2"];
        string folder = Path.Combine(Results, "00000-style-mixing-example");
        await RunStopping.AtLine(
            "Generating style-mixed", "StyleGan2.Encoder", ["style-mixing-example", "--result-dir", Results, .. flags]);
        int before = NamesIn(folder).Length;
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(folder, "85-85.png"));

        ToolResult continued = await Run("style-mixing-example", flags);
        Assert.Equal((0, string.Empty), (continued.ExitCode, continued.Error));
        Assert.Contains($"Continuing the run that was stopped in {folder}\n", continued.Output, StringComparison.Ordinal);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(folder, "85-85.png")));
        int all = 15 + 16 + (15 * 16) + 1;
        Assert.Contains($"Wrote {all - before} images to {folder}\n", continued.Output, StringComparison.Ordinal);
        Assert.Equal(all, NamesIn(folder).Length);

        Assert.Equal(0, (await Run("style-mixing-example", flags)).ExitCode);
        string whole = Path.Combine(Results, "00001-style-mixing-example");
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "grid.png")), File.ReadAllBytes(Path.Combine(folder, "grid.png")));
    }

    private static string[] RecordedArguments(string recorded) =>
        Golden.Json("commands", "commands.json").GetProperty("commands").GetProperty(recorded).GetString()!.Split(' ');

    private static void AssertAsRecorded(string recorded, string folder)
    {
        string[] names = NamesIn(Golden.Path("commands", recorded));
        Assert.Equal(names, NamesIn(folder));
        Assert.All(names, name => Pictures.AssertSame(Golden.Path("commands", recorded, name), Path.Combine(folder, name)));
    }

    private static string[] NamesIn(string folder) =>
        [.. Directory.GetFiles(folder, "*.png").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private Task<ToolResult> Run(string command, params string[] arguments) =>
        ToolProcess.Run(Program, [command, "--result-dir", Results, .. arguments]);
}
