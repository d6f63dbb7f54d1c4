using Imaging;
using Imaging.Decoding;
using Imaging.Writing;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>Networks of four channels, and networks that are not square, through the commands.</summary>
public sealed class OtherShapesTests : IDisposable
{
    private const string Program = "StyleGan2.Encoder";

    private static readonly string s_rgba = Golden.Path("cases", "four-channels", "network.pkl");
    private static readonly string s_high = Golden.Path("cases", "not-square", "20x12.pkl");

    private static readonly DecodingOptions s_keepAlpha = new() { KeepAlpha = true };

    private readonly ProjectImagesFolders _folders = new();

    private string Results => Path.Combine(_folders.Root, "results");

    public void Dispose() => _folders.Dispose();

    [Theory]
    [InlineData("generate-images --seeds=3", "seed0003.png")]
    [InlineData("style-mixing-example --row-seeds=3 --col-seeds=4 --col-styles=0", "grid.png")]
    [InlineData("project-generated-images --seeds=3 --num-steps=1 --num-snapshots=1", "seed0003-target.png")]
    public async Task Pictures_of_a_network_with_four_channels_are_RGBA(string commandLine, string name)
    {
        string[] words = commandLine.Split(' ');
        ToolResult result = await ToolProcess.Run(Program, [.. words, "--network", s_rgba, "--result-dir", Results]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Equal("RGBA", ImageDecoder.ReadHeader(Path.Combine(Results, $"00000-{words[0]}", name), s_keepAlpha).Mode.Name);
    }

    [Fact]
    public async Task An_RGBA_picture_is_projected_and_every_channel_counts()
    {
        Add("rgba.png");
        ToolResult result = await _folders.Run("--network-pkl", s_rgba, "--num-steps", "60", "--save-noise");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        using Picture found = ImageDecoder.Decode(Path.Combine(_folders.Target, "rgba.png"), s_keepAlpha);
        Assert.Equal((4, 16, 16), (found.Channels, found.Height, found.Width));

        ToolResult again = await ToolProcess.Run(
            Program, "generate-images", "--network", s_rgba, "--result-dir", Results,
            "--dlatents", Path.Combine(_folders.Target, "rgba.npy"), "--noise", Path.Combine(_folders.Target, "rgba.noise.npz"));
        Assert.Equal((0, string.Empty), (again.ExitCode, again.Error));
        Assert.Equal(_folders.Result("rgba.png"), File.ReadAllBytes(Path.Combine(Results, "00000-generate-images", "rgba.png")));
    }

    [Fact]
    public async Task A_video_of_an_RGBA_picture_is_made()
    {
        Add("rgba.png");
        ToolResult result = await _folders.Run(
            "--network-pkl", s_rgba, "--num-steps", "2", "--video", "--video-codec", "gif", "--video-mode", "2", "--video-size", "16");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.True(File.Exists(Path.Combine(_folders.Target, "rgba.gif")));
    }

    [Fact]
    public async Task An_RGB_picture_needs_alpha_for_such_a_network()
    {
        Add("rgb.png");
        ToolResult refused = await _folders.Run("--network-pkl", s_rgba, "--num-steps", "1");
        Assert.EndsWith(
            "the picture is 16 x 16 RGB, the network makes 16 x 16 RGBA; give --convert rgba", refused.ErrorLine, StringComparison.Ordinal);
        ToolResult converted = await _folders.Run("--network-pkl", s_rgba, "--num-steps", "1", "--convert", "rgba");
        Assert.Equal((0, string.Empty), (converted.ExitCode, converted.Error));
    }

    [Fact]
    public async Task A_picture_is_projected_into_a_network_that_is_not_square()
    {
        Directory.CreateDirectory(_folders.Source);
        byte[] pixels = [.. Enumerable.Range(0, 3 * 20 * 12).Select(i => (byte)(i * 7))];
        using (Picture picture = Picture.FromPixels(pixels, 3, 20, 12))
        using (FileStream file = File.Create(Path.Combine(_folders.Source, "a.png")))
        {
            PngWriter.Write(picture, file);
        }

        ToolResult result = await _folders.Run("--network-pkl", s_high, "--num-steps", "5");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        PictureHeader found = ImageDecoder.ReadHeader(Path.Combine(_folders.Target, "a.png"));
        Assert.Equal((20, 12), (found.Height, found.Width));
    }

    [Fact]
    public async Task RGBA_pictures_become_a_dataset_where_that_is_asked_for()
    {
        Add("rgb.png");
        Add("rgba.png");
        string target = Path.Combine(_folders.Root, "set");
        ToolResult made = await ToolProcess.Run(
            "dataset_tool", "create_from_images", target, _folders.Source, "--convert", "rgba", "--shuffle", "0");
        Assert.Equal((0, string.Empty), (made.ExitCode, made.Error));
        string extracted = Path.Combine(_folders.Root, "extracted");
        await ToolProcess.Run("dataset_tool", "extract", target, extracted);
        using Picture rgb = ImageDecoder.Decode(Path.Combine(extracted, "img00000000.png"), s_keepAlpha);
        using Picture rgba = ImageDecoder.Decode(Path.Combine(extracted, "img00000001.png"), s_keepAlpha);
        using Picture expected = ImageDecoder.Decode(Golden.Path("cases", "four-channels", "photos", "rgba.png"), s_keepAlpha);
        Assert.True(rgb.Pixels[(3 * 256)..].IndexOfAnyExcept(byte.MaxValue) < 0);
        Assert.Equal(expected.Pixels.ToArray(), rgba.Pixels.ToArray());
        Assert.Contains(
            "Channels    4 (RGBA)\n", (await ToolProcess.Run("dataset_tool", "info", target)).Output, StringComparison.Ordinal);
    }

    private void Add(string name)
    {
        Directory.CreateDirectory(_folders.Source);
        File.Copy(Golden.Path("cases", "four-channels", "photos", name), Path.Combine(_folders.Source, name));
    }
}
