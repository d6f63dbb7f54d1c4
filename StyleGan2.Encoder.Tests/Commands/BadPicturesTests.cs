using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>create_from_images with pictures that cannot be taken among others.</summary>
public sealed class BadPicturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BadPicturesTests()
    {
        Directory.CreateDirectory(Images);
        for (int i = 0; i < 4; i++)
        {
            AddPicture($"good{i}.ppm", 8, (byte)i);
        }
    }

    private string Images => _folder.File("images");

    private string Target => _folder.File("set");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_of_them_are_named_and_nothing_is_written()
    {
        AddBadPictures();
        ToolResult result = await Create();
        string advice = "4 of 8 pictures cannot be taken; mend or remove them, or give --skip-bad to leave them out";
        Assert.Equal((1, $"Error: {advice}"), (result.ExitCode, result.ErrorLine));
        AssertNames(result.Output);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task They_can_be_left_out_with_their_labels_and_are_named_at_the_end()
    {
        AddBadPictures();
        IEnumerable<string> names = Directory.GetFiles(Images).Select(f => Path.GetFileName(f));
        string labels = _folder.File("labels.csv");
        File.WriteAllLines(labels, names.Select(n => $"{n},{(n.StartsWith("good", StringComparison.Ordinal) ? n[4] - '0' : 9)},0"));
        ToolResult result = await Create("--skip-bad", "--labels", labels, "--shuffle", "0");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string end = result.Output[result.Output.IndexOf("Added 4 images.\nLeft out 4 pictures", StringComparison.Ordinal)..];
        AssertNames(end);
        Assert.Equal([0, 0, 1, 0, 2, 0, 3, 0], NpyFile.Load(Path.Combine(Target, "set-rxx.labels")).Values<float>());
    }

    [Fact]
    public async Task The_size_that_most_pictures_have_is_the_right_one()
    {
        AddPicture("a.ppm", 16, 0);
        ToolResult result = await Create("--shuffle", "0");
        string line = $"Error: {Path.Combine(Images, "a.ppm")}: 16 x 16 RGB, where {Path.Combine(Images, "good0.ppm")} is 8 x 8 RGB; all "
            + "pictures of a dataset have one size and colour (--resize and --convert rgb make them so)";
        Assert.Equal((1, line), (result.ExitCode, result.ErrorLine));
    }

    [Fact]
    public async Task Parts_of_a_dataset_leave_nothing_out()
    {
        ToolResult result = await Create("--skip-bad", "--shard", "0/2");
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("Error: --skip-bad and --shard do not go together", result.ErrorLine, StringComparison.Ordinal);
    }

    private void AddBadPictures()
    {
        byte[] jpeg = File.ReadAllBytes(Golden.Path("commands", "project_images", "src", "a.jpg"));
        File.WriteAllBytes(Path.Combine(Images, "cut.jpg"), jpeg[..(jpeg.Length / 2)]);
        File.WriteAllBytes(Path.Combine(Images, "empty.png"), []);
        File.WriteAllText(Path.Combine(Images, "text.txt"), "a text");
        AddPicture("z.ppm", 16, 0);
    }

    private static void AssertNames(string output)
    {
        string[] problems =
        [
            "cut.jpg: the JPEG file is cut off", "empty.png: not a picture (it is empty)", "text.txt: not a picture", "z.ppm: 16 x 16 RGB",
        ];
        Assert.All(problems, p => Assert.Contains(p, output, StringComparison.Ordinal));
    }

    private void AddPicture(string name, int side, byte level) => File.WriteAllBytes(
        Path.Combine(Images, name),
        [.. System.Text.Encoding.ASCII.GetBytes($"P6\n{side} {side}\n255\n"), .. Enumerable.Repeat(level, 3 * side * side)]);

    private Task<ToolResult> Create(params string[] flags) =>
        ToolProcess.Run("dataset_tool", ["create_from_images", Target, Images, .. flags]);
}
