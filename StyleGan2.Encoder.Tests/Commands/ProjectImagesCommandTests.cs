using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>project_images as its user runs it.</summary>
public sealed class ProjectImagesCommandTests : IDisposable
{
    private const int NetworkSide = 64;

    private readonly ProjectImagesFolders _folders = new();

    private string Source => _folders.Source;

    private string Target => _folders.Target;

    private string Temporary => _folders.Temporary;

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task A_recorded_run_of_the_reference_is_repeated()
    {
        string seeds = Path.Combine(_folders.Root, "seeds.json");
        File.WriteAllText(seeds, Golden.Json("commands", "commands.json").GetProperty("random_ops").GetRawText());
        string source = Golden.Path("commands", "project_images", "src");
        string lpips = Golden.Path("lpips", "lpips.pkl");
        ToolResult result = await Run(
            source, "--num-steps", "12", "--initial-learning-rate", "0.08", "--op-seeds", seeds, "--vgg16-pkl", lpips);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Contains("Distance: LPIPS (lpips.pkl)", result.Output, StringComparison.Ordinal);
        Assert.Equal(["a.json", "a.npy", "a.png", "b.json", "b.npy", "b.png"], _folders.Results);
        Assert.False(Directory.Exists(Temporary));
        foreach (string name in (string[])["a", "b"])
        {
            Pictures.AssertSame(
                Golden.Path("commands", "project_images", "dst", $"{name}.png"), Path.Combine(Target, $"{name}.png"), onOneIn: 100);
            NDArray expected = Golden.Npy("commands", "project_images", "dst", $"{name}.npy");
            Assert.InRange(Golden.Difference(expected, np.load_npy(Path.Combine(Target, $"{name}.npy"))), 0, 1e-4);
        }
    }

    [Theory]
    [InlineData("empty.png", "not a picture")]
    [InlineData("palette.png", "palette")]
    [InlineData("rgba.png", "alpha")]
    [InlineData("gray16.png", "16-bit")]
    [InlineData("notsquare.png", "64 x 32 RGB, the network makes 64 x 64 RGB")]
    [InlineData("odd.png", "48 x 48 RGB, the network makes 64 x 64 RGB")]
    [InlineData("small.png", "32 x 32 RGB, the network makes 64 x 64 RGB")]
    [InlineData("gray.png", "64 x 64 gray, the network makes 64 x 64 RGB; give --convert rgb")]
    [InlineData("cut.png", "cut off")]
    public async Task A_picture_that_cannot_be_projected_is_one_line_and_the_others_are_done(string name, string problem)
    {
        string bad = Path.Combine(Source, name);
        MakePicture(bad);
        _folders.AddPicture("b.png", "zz.png");
        File.WriteAllText(Path.Combine(Source, "Thumbs.db"), "not a picture");
        ToolResult result = await Run(Source, "--num-steps", "1");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {bad}: ", result.ErrorLine, StringComparison.Ordinal);
        Assert.Contains(problem, result.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(["zz.json", "zz.npy", "zz.png"], _folders.Results);
        Assert.False(Directory.Exists(Temporary));
    }

    [Fact]
    public async Task Convert_rgb_takes_a_palette_picture_of_which_only_the_size_is_wrong_then()
    {
        Directory.CreateDirectory(Source);
        File.Copy(Golden.Path("pictures", "palette.png"), Path.Combine(Source, "palette.png"));
        ToolResult result = await Run(Source, "--num-steps", "1", "--convert", "rgb");
        Assert.Contains(
            "RGB, the network makes 64 x 64 RGB; give a picture of the network's size", result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_one_line() =>
        await AssertFails(1, $"{Path.Combine(_folders.Root, "nowhere")}: there is no such folder", Path.Combine(_folders.Root, "nowhere"));

    [Fact]
    public async Task An_empty_folder_is_one_line()
    {
        Directory.CreateDirectory(Source);
        await AssertFails(1, $"{Source}: the folder has no pictures", Source);
    }

    [Fact]
    public async Task A_target_that_cannot_be_written_is_one_line()
    {
        _folders.AddPicture("b.png", "b.png");
        File.WriteAllText(Target, "a file where the folder should be");
        await AssertFails(1, $"{Target}: cannot write results there", Source);
    }

    [Theory]
    [InlineData("--num-steps", "0", "--num-steps is 0; it must be a whole number, at least 1")]
    [InlineData("--initial-learning-rate", "-1", "--initial-learning-rate is -1; it must be a finite number, at least 0")]
    [InlineData("--num-steps", "many", "many")]
    [InlineData("--device", "tpu", "tpu")]
    [InlineData("--video-mode", "3", "--video-mode is 3; it must be a whole number from 1 to 2")]
    [InlineData("--video-bitrate", "5X", "--video-bitrate is 5X; it must be a number of bits a second, such as 5M")]
    [InlineData("--video-codec", "a b", "--video-codec is a b; it must be the name of a codec, such as libx264")]
    [InlineData("--video-fps", "0", "--video-fps is 0; it must be a whole number, at least 1")]
    [InlineData("--no-such-flag", "1", "--no-such-flag")]
    [InlineData("--initial-learning-rate", "Infinity", "--initial-learning-rate is Infinity; it must be a finite number, at least 0")]
    [InlineData("--initial-noise-factor", "NaN", "--initial-noise-factor is NaN; it must be a finite number, at least 0")]
    [InlineData("--threads", "100000", "--threads is 100000; it must be a whole number from 0 to")]
    [InlineData("--pictures", "x", "--pictures is x; it must be a list")]
    public async Task Wrong_usage_is_refused_by_name(string flag, string value, string problem)
    {
        ToolResult result = await ToolProcess.Run(ProjectImagesFolders.Program, "project_images", Source, Target, flag, value);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem, result.ErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task A_distance_that_is_not_finite_is_one_line_and_no_result()
    {
        string picture = _folders.AddPicture("b.png", "b.png");
        ToolResult result = await Run(Source, "--num-steps", "20", "--initial-learning-rate", "1e38");
        Assert.Equal(1, result.ExitCode);
        Assert.Matches($"^Error: {picture}: the distance is .* at step [0-9]+; try a smaller learning rate", result.ErrorLine);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task A_network_that_is_no_pickle_is_one_line() => await AssertBadNetwork("hello"u8.ToArray(), "not a ");

    [Fact]
    public async Task A_network_that_asks_for_os_system_is_one_line_and_runs_nothing()
    {
        string trace = Path.Combine(_folders.Root, "trace");
        string pickle = $"cos\nsystem\n(Vtouch {trace}\ntR.";
        await AssertBadNetwork(System.Text.Encoding.ASCII.GetBytes(pickle), "os.system");
        Assert.False(File.Exists(trace));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.02)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public async Task A_network_that_is_cut_off_is_one_line(double part)
    {
        byte[] whole = File.ReadAllBytes(Golden.Path("commands", "network.pkl"));
        await AssertBadNetwork(whole[..(int)(whole.Length * part)], "");
    }

    [Fact]
    public async Task LPIPS_weights_of_wrong_shapes_are_one_line()
    {
        _folders.AddPicture("b.png", "b.png");
        string network = Golden.Path("commands", "network.pkl");
        await AssertFails(1, $"{network}: not LPIPS weights", Source, "--vgg16-pkl", network);
    }

    [Fact]
    public async Task Op_seeds_that_are_not_JSON_are_one_line()
    {
        _folders.AddPicture("b.png", "b.png");
        string seeds = Path.Combine(_folders.Root, "seeds.json");
        File.WriteAllText(seeds, "{");
        await AssertFails(1, $"{seeds}: not a file of op seeds", Source, "--op-seeds", seeds);
    }

    [Fact]
    public async Task Results_have_the_pictures_name_without_its_last_extension_and_one_that_is_missing_is_made_again()
    {
        _folders.AddPicture("b.png", "a.b.png");
        Assert.Equal(0, (await Run(Source, "--num-steps", "1")).ExitCode);
        Assert.Equal(["a.b.json", "a.b.npy", "a.b.png"], _folders.Results);
        foreach (string missing in (string[])["a.b.npy", "a.b.png"])
        {
            File.Delete(Path.Combine(Target, missing));
            Assert.Equal(0, (await Run(Source, "--num-steps", "1")).ExitCode);
            Assert.Equal(["a.b.json", "a.b.npy", "a.b.png"], _folders.Results);
        }
    }

    [Fact]
    public async Task Pictures_whose_names_begin_with_a_dot_or_an_underscore_are_passed_over()
    {
        _folders.AddPicture("b.png", "_a.png");
        _folders.AddPicture("b.png", ".a.png");
        _folders.AddPicture("b.png", "b_.png");
        Assert.Equal(0, (await Run(Source, "--num-steps", "1")).ExitCode);
        Assert.Equal(["b_.json", "b_.npy", "b_.png"], _folders.Results);
    }

    [Fact]
    public async Task Sub_folders_are_passed_over_and_mentioned_once()
    {
        _folders.AddPicture("b.png", "b.png");
        Directory.CreateDirectory(Path.Combine(Source, "more"));
        Directory.CreateDirectory(Path.Combine(Source, ".hidden"));
        Directory.CreateDirectory(Path.Combine(Source, "_unused"));
        ToolResult result = await Run(Source, "--num-steps", "1");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Single(
            result.Output.Split('\n'), l => l == $"{Source}: 1 folder in it is passed over: more; project it by itself");
    }

    [Fact]
    public async Task A_picture_whose_results_would_have_the_name_of_one_in_another_share_is_not_projected()
    {
        _folders.AddPicture("a.jpg", "same.jpg");
        _folders.AddPicture("b.png", "same.png");
        ToolResult result = await Run(Source, "--num-steps", "1", "--shard", "1/2");
        Assert.Equal(
            (1, $"Error: {Path.Combine(Source, "same.png")}: its results would have the names of those of same.jpg; rename one of them"),
            (result.ExitCode, result.ErrorLine));
        Assert.Empty(_folders.Results);
    }

    [Fact]
    public async Task Pictures_whose_results_would_have_one_name_are_not_mixed_up()
    {
        _folders.AddPicture("a.jpg", "same.jpg");
        _folders.AddPicture("b.png", "same.png");
        ToolResult result = await Run(Source, "--num-steps", "1");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            $"Error: {Path.Combine(Source, "same.png")}: its results would have the names of those of same.jpg; rename one of them",
            result.ErrorLine);
        Assert.Equal(["same.json", "same.npy", "same.png"], _folders.Results);
    }

    [Fact]
    public async Task What_others_keep_in_the_temporary_folder_stays()
    {
        _folders.AddPicture("b.png", "b.png");
        Directory.CreateDirectory(Temporary);
        File.WriteAllText(Path.Combine(Temporary, "notes.txt"), "mine");
        Assert.Equal(0, (await Run(Source, "--num-steps", "1")).ExitCode);
        Assert.Equal(["notes.txt"], ProjectImagesFolders.NamesIn(Temporary));
    }

    private Task<ToolResult> Run(string source, params string[] flags) =>
        ToolProcess.Run(ProjectImagesFolders.Program, _folders.Arguments(source, Target, flags));

    private async Task AssertFails(int exitCode, string beginning, string source, params string[] flags)
    {
        ToolResult result = await Run(source, flags);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.StartsWith($"Error: {beginning}", result.ErrorLine, StringComparison.Ordinal);
        Assert.Empty(_folders.Results);
    }

    private async Task AssertBadNetwork(byte[] content, string problem)
    {
        _folders.AddPicture("b.png", "b.png");
        string network = Path.Combine(_folders.Root, "network.pkl");
        File.WriteAllBytes(network, content);
        ToolResult result = await Run(Source, "--network-pkl", network);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {network}: ", result.ErrorLine, StringComparison.Ordinal);
        Assert.Contains(problem, result.ErrorLine, StringComparison.Ordinal);
        Assert.Empty(_folders.Results);
    }

    private void MakePicture(string path)
    {
        Directory.CreateDirectory(Source);
        byte[] whole = File.ReadAllBytes(Golden.Path("commands", "project_images", "src", "b.png"));
        byte[] content = Path.GetFileName(path) switch
        {
            "empty.png" => [],
            "cut.png" => whole[..(whole.Length / 2)],
            "small.png" => Ppm(32, 32, 3),
            "gray.png" => Ppm(NetworkSide, NetworkSide, 1),
            "notsquare.png" => Ppm(NetworkSide, 32, 3),
            "odd.png" => Ppm(48, 48, 3),
            string name => File.ReadAllBytes(Golden.Path("pictures", name)),
        };
        File.WriteAllBytes(path, content);
    }

    private static byte[] Ppm(int width, int height, int channels)
    {
        string header = $"P{(channels == 1 ? 5 : 6)}\n{width} {height}\n255\n";
        return [.. System.Text.Encoding.ASCII.GetBytes(header), .. new byte[width * height * channels]];
    }
}
