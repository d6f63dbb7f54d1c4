using Imaging;
using Imaging.Decoding;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>extract and compare as their user runs them.</summary>
public sealed class ReadingCommandTests : IDisposable
{
    private const string Program = "dataset_tool";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rgb_png_32", 3, 32)]
    [InlineData("gray_png_16", 1, 16)]
    public async Task Extracted_pictures_are_the_datasets_images(string name, int channels, int size)
    {
        string output = _folder.File("deeper/pictures");
        ToolResult result = await ToolProcess.Run(Program, "extract", Golden.Path("dataset", name, "tfrecords"), output);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string[] files = [.. Directory.GetFiles(output, "*.png").Order(StringComparer.Ordinal)];
        Assert.Equal(Enumerable.Range(0, files.Length).Select(i => $"img{i:D8}.png"), files.Select(f => Path.GetFileName(f)));
        string loading = $"Loading dataset \"{Golden.Path("dataset", name, "tfrecords")}\"\n";
        Assert.Equal($"{loading}Extracting images to \"{output}\"\nExtracted {files.Length} images.\n", result.Output);
        AssertHolds(
            files, channels, size, Path.Combine(Golden.Path("dataset", name, "tfrecords"), $"tfrecords-r{int.Log2(size):D2}.tfrecords"));
    }

    [Fact]
    public async Task A_dataset_is_identical_to_itself()
    {
        string dataset = Golden.Path("dataset", "rgb_png_32", "tfrecords");
        ToolResult result = await ToolProcess.Run(Program, "compare", dataset, dataset);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Equal(
            $"Loading dataset \"{dataset}\"\nLoading dataset \"{dataset}\"\n"
            + "Comparing datasets\nIdentical images: 7 / 7\nIdentical labels: 7 / 7\n",
            result.Output);
    }

    [Fact]
    public async Task Different_datasets_are_told_apart_image_by_image()
    {
        string gray = Golden.Path("dataset", "gray_png_16", "tfrecords"), rgb = Golden.Path("dataset", "rgb_png_32", "tfrecords");
        ToolResult result = await ToolProcess.Run(Program, "compare", gray, rgb, "--ignore_labels", "1");
        string differences = string.Concat(Enumerable.Range(0, 5).Select(i => $"Image {i} is different\n"));
        Assert.EndsWith(
            $"Comparing datasets\n{differences}Datasets contain different number of images\nIdentical images: 0 / 5\n",
            result.Output,
            StringComparison.Ordinal);
        string line = "Error: the datasets differ: 5 of 5 images, 0 of 5 labels; one dataset has more images than the other";
        Assert.Equal((1, line), (result.ExitCode, result.ErrorLine));
    }

    [Theory]
    [InlineData("extract")]
    [InlineData("compare")]
    public async Task A_dataset_that_is_missing_is_one_line(string command)
    {
        string missing = _folder.File("missing");
        ToolResult result = await ToolProcess.Run(Program, command, missing, _folder.File("other"));
        Assert.Equal(
            (1, $"Error: {missing}: no such folder; give the folder that holds the .tfrecords files"), (result.ExitCode, result.ErrorLine));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_damaged_dataset_is_one_line_that_names_file_and_place()
    {
        string dataset = Directory.CreateDirectory(_folder.File("set")).FullName;
        foreach (string file in Directory.GetFiles(Golden.Path("dataset", "rgb_png_4", "tfrecords")))
        {
            byte[] content = File.ReadAllBytes(file);
            content[40] ^= 1;
            File.WriteAllBytes(Path.Combine(dataset, Path.GetFileName(file)), content);
        }

        ToolResult result = await ToolProcess.Run(Program, "extract", dataset, _folder.File("pictures"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"{dataset}/tfrecords-r02.tfrecords", result.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("checksum", result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_that_cannot_be_written_are_one_line()
    {
        File.WriteAllText(_folder.File("file"), "in the way");
        ToolResult result = await ToolProcess.Run(
            Program, "extract", Golden.Path("dataset", "rgb_png_4", "tfrecords"), _folder.File("file/pictures"));
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(
            $"Error: {_folder.File("file/pictures")}: the output folder cannot be written (", result.ErrorLine, StringComparison.Ordinal);
    }

    /// <summary>The records of a file of the reference lie at equal distances, the pixels at the same place in each.</summary>
    private static void AssertHolds(string[] files, int channels, int size, string records)
    {
        byte[] content = File.ReadAllBytes(records);
        for (int i = 0; i < files.Length; i++)
        {
            using Picture picture = ImageDecoder.Decode(files[i]);
            Assert.Equal((channels, size, size), (picture.Channels, picture.Height, picture.Width));
            ReadOnlySpan<byte> record = content.AsSpan(content.Length / files.Length * i, content.Length / files.Length);
            Assert.True(record.IndexOf(picture.Pixels) > 0, files[i]);
        }
    }
}
