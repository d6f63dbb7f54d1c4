using StyleGan2.Encoder.Tests.Commands;
using StyleGan2.Encoder.Tests.Infrastructure;
using SkiaSharp;

namespace StyleGan2.Encoder.Tests.Video;

/// <summary><c>--video</c> of project_images.</summary>
public sealed class VideoCommandTests : IDisposable
{
    private const int Side = 64;

    private readonly ProjectImagesFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task A_video_has_a_frame_for_each_step_the_last_being_the_picture_found()
    {
        Ffmpeg.SkipWithoutFfmpeg();
        _folders.AddPicture("b.png", "b.png");
        await Succeed("--num-steps", "30", "--video", "--video-mode", "2", "--video-size", "64", "--video-fps", "10", "--keep-frames");
        Assert.Equal(["b-frames", "b.json", "b.mp4", "b.npy", "b.png"], _folders.Results);
        string video = Path.Combine(_folders.Target, "b.mp4");
        Assert.Equal((2 * Side, Side, 30, 3.0), await Ffmpeg.Describe(video));
        string[] kept = ProjectImagesFolders.NamesIn(Path.Combine(_folders.Target, "b-frames"));
        Assert.Equal(Enumerable.Range(1, 30).Select(i => $"{i:D8}.png"), kept);

        byte[][] frames = await Ffmpeg.Frames(video, 2 * Side, Side);
        Assert.InRange(Difference(Half(frames[0], 0), Pixels(Path.Combine(_folders.Source, "b.png"))), 0, 6);
        Assert.InRange(Difference(Half(frames[0], Side), Frame("00000001.png")), 0, 6);
        Assert.InRange(Difference(Half(frames[^1], Side), Frame("00000030.png")), 0, 6);
        Assert.InRange(Difference(Half(frames[^1], Side), Pixels(Path.Combine(_folders.Target, "b.png"))), 0, 6);
        Assert.True(Difference(Frame("00000001.png"), Frame("00000030.png")) > 12);
    }

    [Theory]
    [InlineData("gif")]
    [InlineData("webp")]
    public async Task An_animated_picture_needs_no_ffmpeg(string codec)
    {
        _folders.AddPicture("b.png", "b.png");
        ToolResult result = await WithoutPath("--num-steps", "5", "--video", "--video-size", "32", "--video-codec", codec);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        using SKCodec read = SKCodec.Create(Path.Combine(_folders.Target, $"b.{codec}"));
        Assert.Equal((32, 32, 5), (read.Info.Width, read.Info.Height, read.FrameCount));
    }

    [Fact]
    public async Task A_missing_ffmpeg_is_said_before_work_with_how_to_install_it()
    {
        _folders.AddPicture("b.png", "b.png");
        ToolResult result = await WithoutPath("--num-steps", "5", "--video");
        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"^Error: videos are made by ffmpeg, .* apt install ffmpeg, .* --video-codec gif or webp", result.ErrorLine);
        Assert.DoesNotContain("Loading", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folders.Target));
    }

    [Theory]
    [InlineData("webp")]
    [InlineData("libx264")]
    public async Task A_run_that_is_stopped_leaves_no_part_of_a_video(string codec)
    {
        if (codec == "libx264")
        {
            Ffmpeg.SkipWithoutFfmpeg();
        }

        _folders.AddPicture("b.png", "b.png");
        string[] flags = ["--num-steps", "100000", "--video", "--video-size", "16", "--video-codec", codec, "--keep-frames"];
        string[] arguments = _folders.Arguments(_folders.Source, _folders.Target, flags);
        await RunStopping.AtLine("Projecting image", ProjectImagesFolders.Program, arguments);
        Assert.Empty(_folders.Results);
    }

    /// <summary>The reference reads the picture for each frame, which draws random numbers.</summary>
    [Fact]
    public async Task Frames_draw_random_numbers_so_that_divided_runs_agree()
    {
        _folders.AddPicture("b.png", "a.png");
        _folders.AddPicture("b.png", "b.png");
        string[] video = ["--num-steps", "3", "--initial-noise-factor", "0.5", "--video", "--video-size", "16", "--video-codec", "gif"];
        await Succeed(video);
        byte[] whole = _folders.Result("b.npy");
        await Succeed([.. video, "--pictures", "1", "--overwrite"]);
        Assert.Equal(whole, _folders.Result("b.npy"));
        await Succeed("--num-steps", "3", "--initial-noise-factor", "0.5", "--overwrite");
        Assert.NotEqual(whole, _folders.Result("b.npy"));
        Assert.Equal(["a.json", "a.npy", "a.png", "b.json", "b.npy", "b.png"], _folders.Results);
    }

    [Fact]
    public async Task Other_settings_of_a_video_are_other_settings()
    {
        _folders.AddPicture("b.png", "b.png");
        string[] video = ["--num-steps", "2", "--video", "--video-size", "16", "--video-codec", "gif"];
        await Succeed(video);
        Assert.Contains("1 of 1 pictures have results already", (await Succeed(video)).Output, StringComparison.Ordinal);
        ToolResult other = await Succeed([.. video, "--video-fps", "5"]);
        Assert.Contains("made with other settings (other video)", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_video_that_was_changed_is_kept()
    {
        _folders.AddPicture("b.png", "b.png");
        string[] flags = ["--num-steps", "2", "--video", "--video-size", "16", "--video-codec", "gif"];
        await Succeed(flags);
        File.WriteAllText(Path.Combine(_folders.Target, "b.gif"), "edited");
        ToolResult again = await _folders.Run([.. flags, "--overwrite"]);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("b.gif, which was changed after this program wrote it", again.ErrorLine, StringComparison.Ordinal);
        Assert.Equal("edited", File.ReadAllText(Path.Combine(_folders.Target, "b.gif")));
    }

    [Theory]
    [InlineData("project-generated-images", "seed0000", "--seeds=0")]
    [InlineData("project-real-images", "image0000", "--dataset=tfrecords", "--num-images=1")]
    public async Task Projections_into_a_run_folder_have_videos_too_which_change_no_other_result(
        string command, string name, params string[] flags)
    {
        Ffmpeg.SkipWithoutFfmpeg();
        string[] data = command == "project-real-images" ? ["--data-dir", Golden.Path("dataset", "rgb_png_32")] : [];
        string[] all =
        [
            command, "--network", Golden.Path("projector", "r32", "network.pkl"), "--result-dir", _folders.Target, "--num-steps=20",
            "--num-snapshots=1", .. data, .. flags,
        ];
        await ToolProcess.Run(ProjectImagesFolders.Program, all);
        ToolResult result = await ToolProcess.Run(
            ProjectImagesFolders.Program, [.. all, "--video", "--video-size", "96", "--video-fps", "5", "--keep-frames"]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        string plain = Path.Combine(_folders.Target, $"00000-{command}"), with = Path.Combine(_folders.Target, $"00001-{command}");
        string[] pictures = [$"{name}-step0020.png", $"{name}-target.png"];
        string[] expected = [$"{name}-frames", .. pictures, $"{name}.mp4", "run.json"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), ProjectImagesFolders.NamesIn(with));
        Assert.Equal((96, 96, 20, 4.0), await Ffmpeg.Describe(Path.Combine(with, $"{name}.mp4")));
        Assert.All(pictures, p => Assert.Equal(File.ReadAllBytes(Path.Combine(plain, p)), File.ReadAllBytes(Path.Combine(with, p))));
        Assert.Equal(20, ProjectImagesFolders.NamesIn(Path.Combine(with, $"{name}-frames")).Length);
    }

    private async Task<ToolResult> Succeed(params string[] flags)
    {
        ToolResult result = await _folders.Run(flags);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result;
    }

    /// <summary>Runs the command where no other program is found.</summary>
    private Task<ToolResult> WithoutPath(params string[] flags)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        const string Script = "dotnet=$(command -v dotnet); PATH=/nonexistent exec \"$dotnet\" \"$@\"";
        string[] arguments = _folders.CommandLine(flags)[1..];
        return ToolProcess.RunFile("sh", TimeSpan.FromMinutes(2), ["-c", Script, "sh", .. arguments]);
    }

    private byte[] Frame(string name) => Pixels(Path.Combine(_folders.Target, "b-frames", name));

    private static byte[] Pixels(string file)
    {
        using SKBitmap bitmap = SKBitmap.Decode(file);
        return [.. bitmap.Pixels.SelectMany(p => (byte[])[p.Red, p.Green, p.Blue])];
    }

    /// <summary>The left or the right picture of a frame.</summary>
    private static byte[] Half(byte[] frame, int left) =>
        [.. frame.Chunk(3 * 2 * Side).SelectMany(row => row.AsSpan(3 * left, 3 * Side).ToArray())];

    /// <summary>The mean difference of blocks of 8 x 8 pixels: videos have less colour than pictures.</summary>
    private static double Difference(byte[] one, byte[] other) => Blocks(one).Zip(Blocks(other), (a, b) => Math.Abs(a - b)).Average();

    private static IEnumerable<double> Blocks(byte[] pixels) =>
        pixels.Index().GroupBy(p => (p.Index / (3 * Side * 8), p.Index / 3 % Side / 8, p.Index % 3)).Select(g => g.Average(p => p.Item));
}
