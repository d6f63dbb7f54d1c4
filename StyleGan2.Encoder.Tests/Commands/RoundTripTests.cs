using System.IO.Compression;
using System.Text.Json;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>Pictures with labels made a dataset, extracted, and made a dataset again, in folders and .zip files.</summary>
public sealed class RoundTripTests : IDisposable
{
    private const string Program = "dataset_tool";

    private readonly TemporaryFolder _folder = new();

    private string Pictures => _folder.File("pictures");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("extracted")]
    [InlineData("extracted.zip")]
    public async Task Folders_are_classes_and_survive_a_round_trip(string extracted)
    {
        AddPictures("mouse/1.ppm", "cat/deeper/1.ppm", "cat/2.ppm", "./.hidden/3.ppm");
        ToolResult made = await Run("create_from_images", _folder.File("first"), Pictures, "--labels", "folders", "--shuffle", "0");
        Assert.Equal((0, string.Empty), (made.ExitCode, made.Error));
        Assert.Contains("Classes, kept in classes.json: 0 cat, 1 mouse\n", made.Output, StringComparison.Ordinal);
        Dictionary<string, int> classes = new() { ["cat"] = 0, ["mouse"] = 1 };
        Assert.Equal(classes, JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(_folder.File("first/classes.json"))));
        Assert.Equal([1, 0, 1, 0, 0, 1], NpyFile.Load(_folder.File("first/first-rxx.labels")).Values<float>());

        await Run("extract", _folder.File("first"), _folder.File(extracted));
        ToolResult again = await Run("create_from_images", _folder.File("second"), _folder.File(extracted), "--shuffle", "0");
        Assert.Contains("dataset.json; --labels none leaves them out\n", again.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("compare", _folder.File("first"), _folder.File("second"))).ExitCode);
    }

    [Theory]
    [InlineData("[25], [30]", new[] { 25f, 30 }, "[25],[30]")]
    [InlineData("3, 0", new[] { 0f, 0, 0, 1, 1, 0, 0, 0 }, "3,0")]
    [InlineData("[0, 1, 0], [1, 0, 0]", new[] { 0f, 1, 0, 1, 0, 0 }, "[0,1,0],[1,0,0]")]
    [InlineData("[0.5, -1], [2, 30]", new[] { 0.5f, -1, 2, 30 }, "[0.5,-1],[2,30]")]
    public async Task Labels_beside_pictures_are_found_and_written_again(string labels, float[] values, string written)
    {
        AddPictures("a.ppm", "b.ppm");
        string[] both = labels[0] == '[' ? labels.Split("], ") : labels.Split(", ");
        string first = both[0] + (labels[0] == '[' ? "]" : "");
        File.WriteAllText(
            Path.Combine(Pictures, "dataset.json"), $"{{\"labels\": [[\"./a.ppm\", {first}], [\"b.ppm\", {both[1]}]]}}");
        ToolResult made = await Run("create_from_images", _folder.File("set"), Pictures, "--shuffle", "0");
        Assert.Equal((0, string.Empty), (made.ExitCode, made.Error));
        Assert.Equal(values, NpyFile.Load(_folder.File("set/set-rxx.labels")).Values<float>());

        await Run("extract", _folder.File("set"), _folder.File("out"));
        string[] expected = written[0] == '[' ? written.Split("],") : written.Split(',');
        string head = expected[0] + (written[0] == '[' ? "]" : "");
        Assert.Equal(
            $"{{\"labels\":[[\"img00000000.png\",{head}],[\"img00000001.png\",{expected[1]}]]}}",
            File.ReadAllText(_folder.File("out/dataset.json")));
    }

    [Theory]
    [InlineData("{\"labels\": null}")]
    [InlineData("{\"labels\": [[\"a.ppm\", 1]]}", "--labels", "none")]
    public async Task Labels_that_are_null_or_not_wanted_are_none(string json, params string[] flags)
    {
        AddPictures("a.ppm");
        File.WriteAllText(Path.Combine(Pictures, "dataset.json"), json);
        ToolResult made = await Run("create_from_images", [_folder.File("set"), Pictures, .. flags]);
        Assert.Equal((0, string.Empty), (made.ExitCode, made.Error));
        Assert.False(File.Exists(_folder.File("set/set-rxx.labels")));
        await Run("extract", _folder.File("set"), _folder.File("out"));
        Assert.Equal(["img00000000.png"], ProjectImagesFolders.NamesIn(_folder.File("out")));
    }

    /// <summary>The entries that stylegan2-ada-pytorch's dataset_tool makes, and some that others put beside them.</summary>
    [Fact]
    public async Task A_zip_file_of_pictures_is_a_source()
    {
        AddPictures("1.ppm", "2.ppm");
        using (ZipArchive zip = ZipFile.Open(_folder.File("set.zip"), ZipArchiveMode.Create))
        {
            zip.CreateEntryFromFile(Path.Combine(Pictures, "2.ppm"), "00000/img00000001.ppm", CompressionLevel.NoCompression);
            zip.CreateEntryFromFile(Path.Combine(Pictures, "1.ppm"), "00000/img00000000.ppm");
            zip.CreateEntry("__MACOSX/._img00000000.ppm");
            zip.CreateEntry("00000/.DS_Store");
            using StreamWriter labels = new(zip.CreateEntry("dataset.json").Open());
            labels.Write("{\"labels\": [[\"00000/img00000000.ppm\", 1], [\"00000/img00000001.ppm\", 0]]}");
        }

        ToolResult made = await Run("create_from_images", _folder.File("set"), _folder.File("set.zip"), "--shuffle", "0");
        Assert.Equal((0, string.Empty), (made.ExitCode, made.Error));
        Assert.Equal([0, 1, 1, 0], NpyFile.Load(_folder.File("set/set-rxx.labels")).Values<float>());
        await Run("create_from_images", _folder.File("expected"), Pictures, "--shuffle", "0");
        Assert.Equal(
            File.ReadAllBytes(_folder.File("expected/expected-r02.tfrecords")), File.ReadAllBytes(_folder.File("set/set-r02.tfrecords")));
    }

    [Fact]
    public async Task Zip_files_that_are_damaged_or_hold_no_pictures_are_one_line()
    {
        using (ZipArchive zip = ZipFile.Open(_folder.File("empty.zip"), ZipArchiveMode.Create))
        {
            zip.CreateEntry("__MACOSX/a.png");
        }

        AddPictures("1.ppm");
        ZipFile.CreateFromDirectory(Pictures, _folder.File("whole.zip"));
        byte[] whole = File.ReadAllBytes(_folder.File("whole.zip"));
        _folder.Write("cut.zip", whole[..^10]);
        foreach ((string name, string problem) in new[] { ("empty.zip", "no input images found"), ("cut.zip", "the zip file is damaged") })
        {
            ToolResult result = await Run("create_from_images", _folder.File("set"), _folder.File(name));
            Assert.Equal(1, result.ExitCode);
            Assert.StartsWith($"Error: {_folder.File(name)}: {problem}", result.ErrorLine, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_zip_file_that_is_there_is_not_replaced_unasked()
    {
        AddPictures("1.ppm");
        await Run("create_from_images", _folder.File("set"), Pictures);
        string target = _folder.Write("out.zip", [1, 2, 3]);
        ToolResult result = await Run("extract", _folder.File("set"), target);
        Assert.Equal(
            (1, $"Error: {target}: it exists already; choose another file, or give --overwrite to replace it"),
            (result.ExitCode, result.ErrorLine));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(target));
        Assert.Equal(0, (await Run("extract", _folder.File("set"), target, "--overwrite")).ExitCode);
        using ZipArchive zip = ZipFile.OpenRead(target);
        Assert.Equal(["00000/img00000000.png"], zip.Entries.Select(e => e.FullName));
    }

    private void AddPictures(params string[] names)
    {
        foreach ((int index, string name) in names.Index())
        {
            string file = Path.Combine(Pictures, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, [.. "P6\n4 4\n255\n"u8, .. Enumerable.Repeat((byte)(index + 1), 48)]);
        }
    }

    private static Task<ToolResult> Run(string command, params string[] arguments) => ToolProcess.Run(Program, [command, .. arguments]);
}
