using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>verify and info as their user runs them.</summary>
public sealed class VerifyAndInfoCommandTests : IDisposable
{
    private const string Program = "dataset_tool";
    private const int Images = 7;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rgb_png_32", 7)]
    [InlineData("gray_png_16", 5)]
    [InlineData("hdf5", 6)]
    public async Task The_references_datasets_have_no_problems(string name, int images)
    {
        string dataset = Golden.Path("dataset", name, "tfrecords");
        ToolResult result = await ToolProcess.Run(Program, "verify", dataset);
        Assert.Equal(
            (0, $"Verifying dataset \"{dataset}\"\n{images} images, no problems.\n", string.Empty),
            (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task A_changed_byte_is_found_where_it_is_and_the_other_records_are_read_on()
    {
        string file = Copy("tfrecords-r03.tfrecords", (bytes, record) =>
        {
            bytes[(2 * record) + 60] ^= 1;
            bytes[(4 * record) + 60] ^= 1;
        });
        string[] problems = await Problems();
        Assert.Equal(2, problems.Length);
        Assert.All(problems, p => Assert.StartsWith($"{file}, byte ", p, StringComparison.Ordinal));
        Assert.All(problems, p => Assert.Contains("checksum", p, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_length_ends_the_walk_through_its_file_alone()
    {
        string file = Copy("tfrecords-r05.tfrecords", (bytes, record) => bytes[3 * record] ^= 1);
        string problem = Assert.Single(await Problems());
        Assert.StartsWith($"{file}, byte {3 * new FileInfo(file).Length / Images}: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_in_another_order_are_found_in_every_smaller_level()
    {
        string file = Copy("tfrecords-r05.tfrecords", (bytes, record) =>
        {
            byte[] first = bytes[..record];
            bytes.AsSpan(record, record).CopyTo(bytes);
            first.CopyTo(bytes.AsSpan(record));
        });
        string[] problems = await Problems();
        Assert.Equal(2 * 3, problems.Length);
        Assert.All(problems, p => Assert.EndsWith("is not that of tfrecords-r05.tfrecords made smaller", p, StringComparison.Ordinal));
        Assert.DoesNotContain(problems, p => p.StartsWith(file, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Missing_images_missing_levels_and_missing_labels_are_found()
    {
        string shorter = Copy("tfrecords-r02.tfrecords", (_, _) => { });
        byte[] whole = File.ReadAllBytes(shorter);
        File.WriteAllBytes(shorter, whole[..(whole.Length / Images * 5)]);
        File.Delete(_folder.File("tfrecords-r03.tfrecords"));
        File.Copy(
            Golden.Path("dataset", "hdf5", "tfrecords", "tfrecords-rxx.labels"), _folder.File("tfrecords-rxx.labels"), overwrite: true);
        string[] problems = await Problems();
        long components = Golden.Npy("dataset", "hdf5", "set-labels.npy").shape[1];
        Assert.Equal(
            [
                $"{_folder.Path}: no file with images of 8 x 8 pixels, where one is expected",
                $"{shorter}: 5 images of 3 channels, where tfrecords-r05.tfrecords has {Images} of 3",
                $"{_folder.File("tfrecords-rxx.labels")}: labels of shape [6, {components}] for {Images} images",
            ],
            problems);
    }

    [Fact]
    public async Task Info_says_what_is_in_a_dataset()
    {
        string dataset = Golden.Path("dataset", "hdf5", "tfrecords");
        ToolResult result = await ToolProcess.Run(Program, "info", dataset);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        long components = Golden.Npy("dataset", "hdf5", "set-labels.npy").shape[1];
        string head = $"Dataset     {dataset}\nImages      6\nResolution  16 x 16\nChannels    3 (RGB)\n"
            + $"Labels      6 of {components} components (tfrecords-rxx.labels)\n";
        string levels = string.Concat(
            new[] { (16, 4), (8, 3), (4, 2) }.Select(l => LevelLine(dataset, l.Item1, $"tfrecords-r{l.Item2:D2}.tfrecords")));
        Assert.Equal(head + levels, result.Output);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("info")]
    public async Task A_folder_without_a_dataset_is_one_line(string command)
    {
        ToolResult missing = await ToolProcess.Run(Program, command, _folder.File("missing"));
        Assert.Equal(
            (1, $"Error: {_folder.File("missing")}: no such folder; give the folder that holds the .tfrecords files"),
            (missing.ExitCode, missing.ErrorLine));
        ToolResult empty = await ToolProcess.Run(Program, command, _folder.Path);
        Assert.Equal(
            (1, $"Error: {_folder.Path}: there is no .tfrecords file in it; make one with dataset_tool create_from_images"),
            (empty.ExitCode, empty.ErrorLine));
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("info")]
    [InlineData("info", "a", "b")]
    public async Task Wrong_usage_has_its_own_exit_code(params string[] arguments)
    {
        ToolResult result = await ToolProcess.Run(Program, arguments);
        Assert.Equal((2, string.Empty), (result.ExitCode, result.Output));
    }

    private static string LevelLine(string dataset, int size, string file) =>
        $"{$"{size} x {size}",-12}{new FileInfo(Path.Combine(dataset, file)).Length,15:N0} bytes  {file}\n";

    /// <summary>Copies a dataset and changes one of its files, whose records are all of one length.</summary>
    private string Copy(string changed, Action<byte[], int> change)
    {
        foreach (string file in Directory.GetFiles(Golden.Path("dataset", "rgb_png_32", "tfrecords")))
        {
            _folder.Write(Path.GetFileName(file), File.ReadAllBytes(file));
        }

        byte[] bytes = File.ReadAllBytes(_folder.File(changed));
        change(bytes, bytes.Length / Images);
        return _folder.Write(changed, bytes);
    }

    /// <summary>The lines that verify prints between its first and its last.</summary>
    private async Task<string[]> Problems()
    {
        ToolResult result = await ToolProcess.Run(Program, "verify", _folder.Path);
        Assert.Equal((1, string.Empty), (result.ExitCode, result.Error));
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith(
            $" images, {(lines.Length == 3 ? "1 problem" : $"{lines.Length - 2} problems")}.", lines[^1], StringComparison.Ordinal);
        return lines[1..^1];
    }
}
