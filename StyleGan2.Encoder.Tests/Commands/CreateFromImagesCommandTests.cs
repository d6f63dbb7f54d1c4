using System.Diagnostics;
using System.Globalization;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>create_from_images as its user runs it.</summary>
public sealed class CreateFromImagesCommandTests : IDisposable
{
    private const string Program = "dataset_tool";

    private readonly TemporaryFolder _folder = new();

    private string Images => Path.Combine(_folder.Path, "images");

    private string Target => Path.Combine(_folder.Path, "out", "set");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_stopped_command_ends_with_its_signals_code_and_leaves_nothing(string signal, int exitCode)
    {
        string picture = Repository.File("samples", "portraits", "portrait-01.png");
        Directory.CreateDirectory(Images);
        for (int i = 0; i < 4000; i++)
        {
            File.CreateSymbolicLink(Path.Combine(Images, $"{i}.png"), picture);
        }

        ToolResult result = await RunStopping.AtLine("Creating dataset", Program, ["create_from_images", Target, Images], signal);
        Assert.Equal((exitCode, "Error: stopped; nothing unfinished was written\n"), (result.ExitCode, result.Error));
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task A_dataset_is_made_as_the_reference_makes_it()
    {
        ToolResult result = await ToolProcess.Run(
            Program, "create_from_images", Target, Golden.Path("dataset", "gray_png_16", "images"), "--shuffle", "0");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string images = Golden.Path("dataset", "gray_png_16", "images");
        Assert.Equal($"Loading images from \"{images}\"\nCreating dataset \"{Target}\"\nAdded 5 images.\n", result.Output);
        Assert.Equal(
            File.ReadAllBytes(Golden.Path("dataset", "gray_png_16", "tfrecords", "tfrecords-r04.tfrecords")),
            File.ReadAllBytes(Path.Combine(Target, "set-r04.tfrecords")));
    }

    [Theory]
    [InlineData("palette.png", "a palette picture (mode P), not 8-bit gray or RGB; save it as one of these, or give --convert rgb")]
    [InlineData("rgba.png", "a picture with alpha (mode RGBA), not 8-bit gray or RGB; save it as one of these, or give --convert rgb")]
    [InlineData(
        "gray16.png",
        "a 16-bit gray picture (mode I;16), not 8-bit gray or RGB; save it as one of these, or give --convert rgb --depth scale")]
    [InlineData("cmyk.jpg", "a CMYK picture (mode CMYK), not 8-bit gray or RGB; save it as one of these, or give --convert rgb")]
    [InlineData("rgb.png", "19 x 13 pixels, not square; crop it, or give --resize")]
    public async Task A_picture_that_does_not_fit_is_one_line(string picture, string problem)
    {
        string copy = CopyPicture(picture);
        await AssertFails($"Error: {copy}: {problem}");
    }

    [Fact]
    public async Task A_cut_off_PNG_is_one_line()
    {
        byte[] whole = File.ReadAllBytes(
            Golden.Path(
                "dataset",
                "rgb_png_32",
                "images",
                Path.GetFileName(Directory.GetFiles(Golden.Path("dataset", "rgb_png_32", "images"))[0])));
        string file = WriteFile("a.png", whole[..(whole.Length / 2)]);
        await AssertFails($"Error: {file}: the PNG file is cut off ({whole.Length / 2} bytes); get a whole copy of it or remove it");
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_one_line()
    {
        string file = WriteFile("notes.txt", "hello"u8.ToArray());
        await AssertFails($"Error: {file}: not a picture (neither PNG, JPEG, WebP, BMP, TIFF nor PNM); remove it");
    }

    [Fact]
    public async Task A_size_that_is_not_a_power_of_two_is_one_line()
    {
        string file = WriteFile("a.ppm", [.. "P6\n12 12\n255\n"u8, .. new byte[432]]);
        await AssertFails($"Error: {file}: 12 x 12 pixels, not a power of two; resize it, or give --resize");
    }

    [Fact]
    public async Task Pictures_of_different_sizes_are_one_line()
    {
        string first = WriteFile("a.ppm", [.. "P6\n4 4\n255\n"u8, .. new byte[48]]), second = WriteFile(
            "b.pgm", [.. "P5\n8 8\n255\n"u8, .. new byte[64]]);
        await AssertFails($"Error: {second}: 8 x 8 gray, where {first} is 4 x 4 RGB; all pictures of a dataset have one size and colour "
        + "(--resize and --convert rgb make them so)");
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_one_line() =>
        await AssertFails($"Error: {Images}: no such folder; give the folder that holds the pictures");

    [Fact]
    public async Task An_empty_folder_is_one_line()
    {
        Directory.CreateDirectory(Images);
        await AssertFails($"Error: {Images}: no input images found; give the folder that holds the pictures themselves");
    }

    [Fact]
    public async Task Folders_among_the_pictures_are_mentioned_once()
    {
        CopyPicture("gray.png");
        foreach (string name in new[] { "b", "a", ".hidden" })
        {
            Directory.CreateDirectory(Path.Combine(Images, name));
        }

        ToolResult result = await ToolProcess.Run(Program, "create_from_images", Target, Images, "--resize", "8");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string line = $"{Images}: 2 folders in it are passed over, such as a; --recursive takes them too\n";
        Assert.Equal($"Loading images from \"{Images}\"\n{line}Creating dataset \"{Target}\"\nAdded 1 image.\n", result.Output);
    }

    [Fact]
    public async Task A_folder_of_folders_is_one_line()
    {
        Directory.CreateDirectory(Path.Combine(Images, "a"));
        await AssertFails($"Error: {Images}: no input images found; give the folder that holds the pictures themselves, or --recursive");
    }

    [Fact]
    public async Task An_output_folder_that_cannot_be_written_is_one_line()
    {
        CopyPicture("rgb.png");
        string file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "in the way");
        ToolResult result = await ToolProcess.Run(Program, "create_from_images", Path.Combine(file, "set"), Images);
        string problem = $"the output folder cannot be written ({file} is a file); choose another or change its permissions";
        Assert.Equal((1, $"Error: {file}/set: {problem}"), (result.ExitCode, result.ErrorLine));
        Assert.Equal("in the way", File.ReadAllText(file));
    }

    [Fact]
    public async Task Converting_takes_pictures_of_every_mode()
    {
        WriteFile("gray.pgm", [.. "P5\n8 8\n255\n"u8, .. new byte[64]]);
        WriteFile("bits.pbm", [.. "P4\n8 8\n"u8, .. new byte[8]]);
        WriteFile("rgb.ppm", [.. "P6\n8 8\n255\n"u8, .. new byte[192]]);
        ToolResult result = await ToolProcess.Run(Program, "create_from_images", Target, Images, "--convert", "rgb");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.EndsWith("Added 3 images.\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Companions_of_pictures_in_their_folder_are_passed_over()
    {
        WriteFile("rgb.ppm", [.. "P6\n8 8\n255\n"u8, .. new byte[192]]);
        Array.ForEach(["Thumbs.db", "desktop.ini", "dataset.json", "classes.json", "run.json"], name => WriteFile(name, "{}"u8.ToArray()));
        ToolResult result = await ToolProcess.Run(Program, "create_from_images", Target, Images);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.EndsWith("Added 1 image.\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Warning: {0} has 16 bits and is clipped at 255")]
    [InlineData("--depth scale", null)]
    public async Task Sixteen_bit_gray_is_clipped_with_a_warning_or_scaled(string flags, string? warning)
    {
        string file = WriteFile("deep.png", []);
        using (Image<L16> image = Image.LoadPixelData<L16>([.. Enumerable.Range(0, 64).Select(i => new L16((ushort)(i * 1040)))], 8, 8))
        {
            image.SaveAsPng(file);
        }

        string[] others = flags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        ToolResult result = await ToolProcess.Run(Program, ["create_from_images", Target, Images, "--convert", "rgb", .. others]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Equal(warning is not null, result.Output.Contains("Warning: ", StringComparison.Ordinal));
        Assert.Contains(string.Format(CultureInfo.InvariantCulture, warning ?? "", file), result.Output, StringComparison.Ordinal);
        using TFRecordReader records = TFRecordReader.Open(Path.Combine(Target, "set-r03.tfrecords"));
        Assert.True(records.Read());
        IEnumerable<int> values = Enumerable.Range(0, 64).Select(i => i * 1040);
        byte[] expected = [.. values.Select(v => (byte)(warning is null ? Math.Round(v / 257.0) : Math.Min(v, 255)))];
        Assert.Equal([.. expected, .. expected, .. expected], ImageExample.Parse(records.Record, records.Location).Data.ToArray());
    }

    [Fact]
    public async Task A_picture_with_an_EXIF_orientation_is_noted_or_turned()
    {
        string file = WriteFile("a.jpg", []);
        using (Image<L8> image = new(8, 8))
        {
            image.Metadata.ExifProfile = new ExifProfile();
            image.Metadata.ExifProfile.SetValue(ExifTag.Orientation, (ushort)3);
            image.SaveAsJpeg(file);
        }

        ToolResult stored = await ToolProcess.Run(Program, "create_from_images", Target, Images);
        Assert.Contains($"Note: {file} has an EXIF orientation and is taken as stored", stored.Output, StringComparison.Ordinal);
        ToolResult turned = await ToolProcess.Run(Program, "create_from_images", $"{Target}2", Images, "--exif-orientation");
        Assert.Equal((0, 0), (stored.ExitCode, turned.ExitCode));
        Assert.DoesNotContain("Note: ", turned.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_of_more_pixels_than_allowed_is_one_line()
    {
        string file = WriteFile("a.ppm", [.. "P6\n8 8\n255\n"u8, .. new byte[192]]);
        ToolResult result = await ToolProcess.Run(Program, "create_from_images", Target, Images, "--max-pixels", "63");
        string line = $"Error: {file}: 8 x 8 pixels, more than 63; make it smaller, or allow more with --max-pixels";
        Assert.Equal((1, line), (result.ExitCode, result.ErrorLine));
    }

    [Fact]
    public async Task Folders_inside_labels_and_a_size_can_be_asked_for()
    {
        Directory.CreateDirectory(Path.Combine(Images, "deeper"));
        WriteFile("deeper/rgb.ppm", [.. "P6\n12 10\n255\n"u8, .. new byte[360]]);
        string labels = WriteFile("labels.csv", "deeper/rgb.ppm,3\n"u8.ToArray());
        ToolResult result = await ToolProcess.Run(
            Program, "create_from_images", Target, Images, "--recursive", "--resize", "8", "--labels", labels);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Equal(
            ["set-r02.tfrecords", "set-r03.tfrecords", "set-rxx.labels"],
            Directory.GetFiles(Target).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("create_from_images", "only-one")]
    [InlineData("create_from_images", "a", "b", "--shuffle", "maybe")]
    [InlineData("create_from_images", "a", "b", "--convert", "cmyk")]
    [InlineData("create_from_images", "a", "b", "--workers", "0")]
    [InlineData("create_from_images", "a", "b", "--resize", "100")]
    [InlineData("create_from_images", "a", "b", "--depth", "deep")]
    [InlineData("create_from_images", "a", "b", "--max-pixels", "0")]
    [InlineData("create_from_images", "a", "b", "--max-pixels", "1000000000")]
    [InlineData("create_from_nothing")]
    public async Task Wrong_usage_has_its_own_exit_code(params string[] arguments)
    {
        ToolResult result = await ToolProcess.Run(Program, arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("Error: ", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_process_killed_at_any_moment_leaves_no_dataset_or_a_whole_one()
    {
        const int Pictures = 400;
        for (int i = 0; i < Pictures; i++)
        {
            WriteFile($"{i:D3}.ppm", [.. "P6\n128 128\n255\n"u8, .. new byte[128 * 128 * 3]]);
        }

        List<bool> outcomes = [];
        for (int moment = 0; moment < 10; moment++)
        {
            using Process process = ToolProcess.Start(Program, "create_from_images", Target, Images, "--shuffle", "0");
            await Writing(process);
            await Task.Delay(15 * moment, TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            outcomes.Add(Directory.Exists(Target));
            if (Directory.Exists(Target))
            {
                Assert.Equal(
                    Enumerable.Range(2, 6).Select(r => $"set-r{r:D2}.tfrecords"),
                    Directory.GetFiles(Target).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
                Assert.All(Directory.GetFiles(Target), file => Assert.Equal(0, new FileInfo(file).Length % Pictures));
                Directory.Delete(Target, recursive: true);
            }
        }

        ToolResult whole = await ToolProcess.Run(Program, "create_from_images", Target, Images, "--shuffle", "0");
        Assert.Equal(0, whole.ExitCode);
        Assert.Equal(["set"], Directory.EnumerateFileSystemEntries(Path.Combine(_folder.Path, "out")).Select(f => Path.GetFileName(f)));
        Assert.Contains(false, outcomes);
    }

    /// <summary>Waits until a process writes, or has ended.</summary>
    private async Task Writing(Process process)
    {
        string parent = Path.GetDirectoryName(Target)!;
        while (!process.HasExited && !(Directory.Exists(parent) && Directory.EnumerateFileSystemEntries(parent).Any()))
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    private async Task AssertFails(string line)
    {
        ToolResult result = await ToolProcess.Run(Program, "create_from_images", Target, Images, "--shuffle", "0");
        Assert.Equal((1, line), (result.ExitCode, result.ErrorLine));
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "out")));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_folder.Path), entry => entry != Images);
    }

    private string CopyPicture(string name) => WriteFile(name, File.ReadAllBytes(Golden.Path("pictures", name)));

    private string WriteFile(string name, byte[] content)
    {
        Directory.CreateDirectory(Images);
        string file = Path.Combine(Images, name);
        File.WriteAllBytes(file, content);
        return file;
    }
}
