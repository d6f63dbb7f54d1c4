using System.IO.Compression;
using Imaging;
using Imaging.Decoding;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Records;
using TensorGraph.Runtime;
using Training.Datasets;

namespace StyleGan2.Encoder.Tests.Commands;

/// <summary>Datasets that other programs made: in parts, with picture files in the records, of one level, compressed.</summary>
public sealed class OthersDatasetsTests : IDisposable
{
    private const string Program = "dataset_tool";
    private const int Images = 7;

    private static readonly string s_whole = Golden.Path("dataset", "rgb_png_32", "tfrecords");
    private static readonly string s_raw = Golden.Path("cases", "raw-records");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("set-r{0:D2}-{1:D5}-of-00003.tfrecords")]
    [InlineData("set-r{0:D2}.tfrecords-{1:D5}-of-00003")]
    [InlineData("set_{1}-r{0:D2}.tfrecords")]
    public async Task Parts_of_a_level_are_one_dataset_to_every_command(string name)
    {
        string parts = InParts(name);
        await AssertOutput($"Verifying dataset \"{parts}\"\n{Images} images, no problems.\n", "verify", parts);
        Assert.Contains($"\nImages      {Images}\n", (await Succeed("info", parts)).Output, StringComparison.Ordinal);
        Assert.EndsWith(
            $"\nExtracted {Images} images.\n", (await Succeed("extract", parts, _folder.File("out"))).Output, StringComparison.Ordinal);
        Assert.EndsWith(
            $"\nIdentical images: {Images} / {Images}\nIdentical labels: {Images} / {Images}\n",
            (await Succeed("compare", parts, s_whole)).Output,
            StringComparison.Ordinal);
        Assert.Contains(
            $"Wrote {Images} images", (await Succeed("display", parts, "--html", _folder.File("sheet"))).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Parts_of_a_level_are_read_in_turn_by_TFRecordDataset(int lod)
    {
        Assert.Equal(FirstImages(s_whole, Images, lod), FirstImages(InParts("set-r{0:D2}-{1:D5}-of-00003.tfrecords"), Images, lod));
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("info")]
    [InlineData("extract")]
    [InlineData("display")]
    [InlineData("compare")]
    public async Task A_missing_part_is_an_error_that_says_which_are_there(string command)
    {
        string parts = InParts("set-r{0:D2}-{1:D5}-of-00003.tfrecords");
        File.Delete(Path.Combine(parts, "set-r03-00001-of-00003.tfrecords"));
        string[] more = command is "extract" or "compare" ? [s_whole] : [];
        ToolResult result = await ToolProcess.Run(Program, [command, parts, .. more]);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            $"Error: {parts}/set-r03-00000-of-00003.tfrecords: there are the parts 0, 2, where 0 to 2 are expected; put all parts into "
                + "the folder",
            result.ErrorLine);
    }

    [Fact]
    public async Task Two_datasets_in_one_folder_are_an_error()
    {
        string folder = Directory.CreateDirectory(_folder.File("two")).FullName;
        foreach (string file in Directory.GetFiles(s_whole, "*.tfrecords"))
        {
            File.Copy(file, Path.Combine(folder, $"a{Path.GetFileName(file)}"));
            File.Copy(file, Path.Combine(folder, $"b{Path.GetFileName(file)}"));
        }

        ToolResult result = await ToolProcess.Run(Program, "verify", folder);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(
            $"Error: {folder}: atfrecords-r05.tfrecords and btfrecords-r05.tfrecords hold images of one size; keep one dataset in a folder",
            result.ErrorLine,
            StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => FirstImages(folder, 1, 0));
    }

    [Fact]
    public async Task A_dataset_with_labels_but_no_records_is_an_error_and_leaves_nothing()
    {
        string folder = Directory.CreateDirectory(_folder.File("empty")).FullName;
        File.WriteAllBytes(Path.Combine(folder, "set-r05.tfrecords"), []);
        File.Copy(Path.Combine(s_whole, "tfrecords-rxx.labels"), Path.Combine(folder, "set-rxx.labels"));
        ToolResult result = await ToolProcess.Run(Program, "create_from_tfrecords", _folder.File("out"), folder);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"Error: {folder}: there are no records in it; give a dataset that has images", result.ErrorLine);
        Assert.False(Path.Exists(_folder.File("out")));
    }

    [Fact]
    public async Task Records_with_picture_files_are_read()
    {
        await AssertOutput($"Verifying dataset \"{s_raw}\"\n3 images, no problems.\n", "verify", s_raw);
        string info = (await Succeed("info", s_raw)).Output;
        Assert.StartsWith(
            $"Dataset     {s_raw}\nImages      3\nResolution  16 x 16\nChannels    3 (RGB)\nLabels      none\nRecords     raw,",
            info,
            StringComparison.Ordinal);
        await Succeed("extract", s_raw, _folder.File("out"));
        Assert.Equal(PicturesInRecords(), Directory.GetFiles(_folder.File("out")).Order(StringComparer.Ordinal).Select(Pixels));
        await Succeed("display", s_raw, "--html", _folder.File("sheet"));
    }

    [Fact]
    public void Records_with_picture_files_are_not_trained_with() =>
        Assert.EndsWith(
            "the record holds a picture file (img), not pixels; make a dataset of pixels with dataset_tool create_from_tfrecords",
            Assert.Throws<RecordException>(() => FirstImages(s_raw, 1, 0)).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task A_dataset_with_all_levels_is_made_of_picture_files()
    {
        string made = _folder.File("made");
        await AssertOutput(
            $"Loading dataset from \"{s_raw}\"\nCreating dataset \"{made}\"\nAdded 3 images.\n", "create_from_tfrecords", made, s_raw);
        await AssertOutput($"Verifying dataset \"{made}\"\n3 images, no problems.\n", "verify", made);
        Assert.Equal(PicturesInRecords().SelectMany(p => p), FirstImages(made, 3, 0));
        Assert.Equal(
            ["made-r02.tfrecords", "made-r03.tfrecords", "made-r04.tfrecords"], Directory.GetFiles(made).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_dataset_made_of_another_has_its_images_and_labels_in_order()
    {
        string largest = LargestOf(s_whole, withLabels: true);
        await Succeed("create_from_tfrecords", _folder.File("made"), largest);
        await Succeed("compare", _folder.File("made"), s_whole);
        await Succeed("verify", _folder.File("made"));
        await Succeed("create_from_tfrecords", _folder.File("smaller"), largest, "--resize", "8");
        Assert.Equal(Images * 3 * 8 * 8, FirstImages(_folder.File("smaller"), Images, 0).Length);
    }

    [Fact]
    public async Task A_dataset_is_not_made_in_the_folder_of_the_other()
    {
        string largest = LargestOf(s_whole, withLabels: false);
        ToolResult result = await ToolProcess.Run(Program, "create_from_tfrecords", largest + "/", largest);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the new dataset cannot be in the folder of the other one", result.ErrorLine, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(largest));
    }

    [Fact]
    public async Task A_dataset_of_one_level_is_extracted()
    {
        await Succeed("extract", LargestOf(s_whole, withLabels: false), _folder.File("a"));
        await Succeed("extract", s_whole, _folder.File("b"));
        Assert.Equal(
            Directory.GetFiles(_folder.File("b"), "*.png").Order().Select(Pixels),
            Directory.GetFiles(_folder.File("a")).Order().Select(Pixels));
    }

    [Theory]
    [InlineData(CompressionType.Gzip, "tfrecords")]
    [InlineData(CompressionType.Gzip, "tfrecords.gz")]
    [InlineData(CompressionType.Zlib, "tfrecords")]
    public async Task Compressed_files_are_read_like_others(CompressionType compression, string extension)
    {
        string packed = Directory.CreateDirectory(_folder.File("packed")).FullName;
        foreach (string file in Directory.GetFiles(s_whole, "*.tfrecords"))
        {
            using FileStream target = File.Create(Path.Combine(packed, Path.ChangeExtension(Path.GetFileName(file), extension)));
            using Stream stream = compression == CompressionType.Gzip
                ? new GZipStream(target, CompressionMode.Compress)
                : new ZLibStream(target, CompressionMode.Compress);
            stream.Write(File.ReadAllBytes(file));
        }

        await AssertOutput($"Verifying dataset \"{packed}\"\n{Images} images, no problems.\n", "verify", packed);
        await Succeed("compare", packed, s_whole, "--ignore_labels", "1");
        Assert.Equal(FirstImages(s_whole, Images, 1), FirstImages(packed, Images, 1));
    }

    [Theory]
    [InlineData("img")]
    [InlineData("shape")]
    public async Task A_picture_file_that_is_damaged_or_of_another_shape_is_an_error_with_its_place(string what)
    {
        byte[] record = Records(Path.Combine(s_raw, "raw-r04.tfrecords"))[1];
        if (what == "img")
        {
            record[^40] ^= 0xff;
            record[^41] ^= 0xff;
        }
        else
        {
            int shape = record.AsSpan().IndexOf((ReadOnlySpan<byte>)[3, 16, 16]);
            record[shape + 2] = 8;
        }

        string folder = Directory.CreateDirectory(_folder.File("bad")).FullName;
        string file = Path.Combine(folder, "raw-r04.tfrecords");
        File.WriteAllBytes(file, ImageRecords.File(record));
        string problem = (await ToolProcess.Run(Program, "verify", folder)).Output.Split('\n')[1];
        Assert.StartsWith($"{file}, byte 12: ", problem, StringComparison.Ordinal);
        ToolResult result = await ToolProcess.Run(Program, "create_from_tfrecords", _folder.File("made"), folder);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: {file}, byte 12", result.ErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("made")));
    }

    /// <summary>The reference's dataset with each level in three files, one of them without records.</summary>
    private string InParts(string name)
    {
        string folder = Directory.CreateDirectory(_folder.File("parts")).FullName;
        foreach (string file in Directory.GetFiles(s_whole, "*.tfrecords"))
        {
            int log2 = int.Parse(Path.GetFileNameWithoutExtension(file)[^2..], System.Globalization.CultureInfo.InvariantCulture);
            byte[][] records = Records(file);
            byte[][][] parts = [records[..3], [], records[3..]];
            for (int i = 0; i < parts.Length; i++)
            {
                string part = string.Format(System.Globalization.CultureInfo.InvariantCulture, name, log2, i);
                File.WriteAllBytes(Path.Combine(folder, part), ImageRecords.File(parts[i]));
            }
        }

        File.Copy(Path.Combine(s_whole, "tfrecords-rxx.labels"), Path.Combine(folder, "set-rxx.labels"));
        return folder;
    }

    private string LargestOf(string dataset, bool withLabels)
    {
        string folder = Directory.CreateDirectory(_folder.File("largest")).FullName;
        File.Copy(Directory.GetFiles(dataset, "*.tfrecords").Max(StringComparer.Ordinal)!, Path.Combine(folder, "largest.tfrecords"));
        if (withLabels)
        {
            File.Copy(Directory.GetFiles(dataset, "*.labels")[0], Path.Combine(folder, "a.labels"));
        }

        return folder;
    }

    private static byte[][] Records(string file)
    {
        List<byte[]> records = [];
        using TFRecordReader reader = TFRecordReader.Open(file);
        while (reader.Read())
        {
            records.Add(reader.Record.ToArray());
        }

        return [.. records];
    }

    /// <summary>The pixels of the PNG files in the raw records.</summary>
    private static IEnumerable<byte[]> PicturesInRecords() =>
        Records(Path.Combine(s_raw, "raw-r04.tfrecords")).Select(record =>
        {
            using Picture picture = ImageDecoder.Decode(record.AsMemory(record.AsSpan().IndexOf("PNG"u8) - 1), "img");
            return picture.Pixels.ToArray();
        });

    private static byte[] Pixels(string file)
    {
        using Picture picture = ImageDecoder.Decode(file);
        return picture.Pixels.ToArray();
    }

    private static byte[] FirstImages(string folder, int count, int lod)
    {
        using Graph graph = new();
        using Session session = new(graph);
        using TFRecordDataset dataset = new(session, new TFRecordDatasetOptions { TfrecordDir = folder, ShuffleMb = 0, PrefetchMb = 0 });
        return dataset.GetMinibatchNp(count, lod).Images.Values<byte>();
    }

    private static async Task AssertOutput(string expected, params string[] arguments) =>
        Assert.Equal(expected, (await Succeed(arguments)).Output);

    private static async Task<ToolResult> Succeed(params string[] arguments)
    {
        ToolResult result = await ToolProcess.Run(Program, arguments);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        return result;
    }
}
