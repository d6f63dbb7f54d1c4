using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>create_from_images --shard and merge as their user runs them.</summary>
public sealed class MergeCommandTests : IDisposable
{
    private const string Program = "dataset_tool";

    private static readonly string s_pictures = Golden.Path("dataset", "gray_png_16", "images");

    private readonly TemporaryFolder _folder = new();

    private string First => _folder.File("0");

    private string Second => _folder.File("1");

    private string Whole => _folder.File("set");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Parts_that_processes_write_are_joined_to_the_recorded_dataset()
    {
        await MakeParts();
        ToolResult merged = await ToolProcess.Run(Program, "merge", Second, First, Whole);
        Assert.Equal((0, string.Empty), (merged.ExitCode, merged.Error));
        Assert.Equal($"Merging 2 parts\nCreating dataset \"{Whole}\"\nAdded 5 images.\n", merged.Output);
        Assert.All(
            Directory.GetFiles(Golden.Path("dataset", "gray_png_16", "tfrecords"), "*.tfrecords"),
            recorded => Assert.Equal(File.ReadAllBytes(recorded), File.ReadAllBytes(Path.Combine(Whole, $"set-{recorded[^13..]}"))));
    }

    [Fact]
    public async Task A_dataset_is_replaced_only_on_request_and_kept_when_a_part_is_damaged()
    {
        await MakeParts();
        string earlier = Path.Combine(Directory.CreateDirectory(Whole).FullName, "set-r07.tfrecords");
        File.WriteAllText(earlier, "mine");
        ToolResult refused = await ToolProcess.Run(Program, "merge", First, Second, Whole);
        Assert.Equal(
            (
                1,
                $"Error: {Whole}: there are results already (set-r07.tfrecords); "
                + "choose another folder, or give --overwrite to replace them"),
            (refused.ExitCode, refused.ErrorLine));

        string damaged = Path.Combine(Second, "1-r04.tfrecords");
        byte[] content = File.ReadAllBytes(damaged);
        File.WriteAllBytes(damaged, content[..^1]);
        ToolResult failed = await ToolProcess.Run(Program, "merge", First, Second, Whole, "--overwrite");
        Assert.Equal(
            (1, $"Error: {damaged}: {content.Length - 1} bytes instead of {content.Length}; the part is damaged, make it again"),
            (failed.ExitCode, failed.ErrorLine));
        Assert.Equal([earlier], Directory.GetFileSystemEntries(Whole));

        File.WriteAllBytes(damaged, content);
        ToolResult replaced = await ToolProcess.Run(Program, "merge", First, Second, Whole, "--overwrite");
        Assert.Equal((0, string.Empty), (replaced.ExitCode, replaced.Error));
        Assert.False(File.Exists(earlier));
    }

    [Theory]
    [InlineData("merge only-one")]
    [InlineData("create_from_images a b --shard 2/2")]
    [InlineData("create_from_images a b --shard 1")]
    public async Task Wrong_usage_has_its_own_exit_code(string arguments)
    {
        ToolResult result = await ToolProcess.Run(Program, arguments.Split(' '));
        Assert.Equal((2, string.Empty), (result.ExitCode, result.Output));
        Assert.StartsWith("Error: ", result.Error, StringComparison.Ordinal);
    }

    private async Task MakeParts()
    {
        foreach ((string folder, string shard, int images) in new[] { (First, "0/2", 2), (Second, "1/2", 3) })
        {
            ToolResult part = await ToolProcess.Run(
                Program, "create_from_images", folder, s_pictures, "--shuffle", "0", "--shard", shard);
            Assert.Equal((0, string.Empty), (part.ExitCode, part.Error));
            Assert.EndsWith($"Added {images} images.\n", part.Output, StringComparison.Ordinal);
        }
    }
}
