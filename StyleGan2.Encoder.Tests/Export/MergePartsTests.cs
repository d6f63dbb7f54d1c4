using System.Globalization;
using DatasetTool.CommandLine;
using DatasetTool.Creation;
using DatasetTool.Export;
using DatasetTool.Parts;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Export;

/// <summary>Parts of a dataset that several processes write, and the dataset that they make.</summary>
public sealed class MergePartsTests : IDisposable
{
    private const int Pictures = 5;
    private const int Small = 8;
    private const string All = "\"part\": {\"index\": 0, \"count\": 1}";
    private const string List = "\"pictures\": {\"count\": 5, \"names_sha256\": \"\"}";
    private const string None = "{\"bytes\": 0, \"xxh128\": \"\"}";

    private readonly TemporaryFolder _folder = new();

    public MergePartsTests()
    {
        for (int i = 0; i < Pictures; i++)
        {
            WritePicture($"photos/{i}.pgm", Small, (byte)(40 * i));
        }

        File.WriteAllLines(_folder.File("classes.csv"), Enumerable.Range(0, Pictures).Select(i => $"{i}.pgm,{i % 3}"));
        File.WriteAllLines(_folder.File("values.csv"), Enumerable.Range(0, Pictures).Select(i => $"{i}.pgm,{i}.5,-{i}"));
    }

    public static MatrixTheoryData<int, bool, string?> Divisions { get; } =
        new([1, 2, 3, 7], [false, true], [null, "classes.csv", "values.csv"]);

    private string Whole => _folder.File("whole/set");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Divisions))]
    public void Parts_merge_to_the_bytes_of_one_process(int count, bool shuffle, string? labels)
    {
        CreateFromImagesOptions options = new() { Shuffle = shuffle, LabelFile = labels is null ? null : _folder.File(labels) };
        string one = _folder.File("one/set");
        Create(one, options);
        string[] parts = CreateParts(count, options);
        Assert.Equal(Pictures, Merge(parts.Reverse()));
        AssertSameFiles(one, Whole);
    }

    [Fact]
    public void A_part_is_a_dataset_of_its_pictures_alone()
    {
        CreateParts(2, new CreateFromImagesOptions { Shuffle = false });
        Assert.Equal([0, 40], FirstPixels("parts/0/0-r02.tfrecords"));
        Assert.Equal([80, 120, 160], FirstPixels("parts/1/1-r02.tfrecords"));
    }

    [Fact]
    public void A_part_without_pictures_has_its_record_alone()
    {
        string[] parts = CreateParts(Pictures + 1, new CreateFromImagesOptions());
        Assert.Equal([_folder.File("parts/0/0-part.json")], Directory.GetFiles(parts[0]));
    }

    [Fact]
    public void Parts_may_be_moved_and_renamed()
    {
        string[] parts = CreateParts(2, new CreateFromImagesOptions());
        Directory.Move(parts[0], _folder.File("moved"));
        Assert.Equal(Pictures, Merge([_folder.File("moved"), parts[1]]));
    }

    [Fact]
    public void Missing_parts_are_named()
    {
        string[] parts = CreateParts(3, new CreateFromImagesOptions());
        AssertRefused(
            [parts[1]],
            $"{parts[1]}: part 1/3, but 0/3, 2/3 are not given; give all parts, or make them with create_from_images --shard");
    }

    [Fact]
    public void Of_many_missing_parts_some_are_named()
    {
        string part = _folder.File("parts/0");
        Create(part, new CreateFromImagesOptions { Shard = new Shard(0, 100) });
        AssertRefused(
            [part],
            $"{part}: part 0/100, but 1/100, 2/100, 3/100, 4/100, 5/100 and 94 more are not given; "
            + "give all parts, or make them with create_from_images --shard");
    }

    [Fact]
    public void A_part_given_twice_is_refused()
    {
        string[] parts = CreateParts(2, new CreateFromImagesOptions());
        AssertRefused([.. parts, parts[1]], $"{parts[1]}: part 1/2, as {parts[1]} is; give each part once");
    }

    [Fact]
    public void Parts_of_other_lists_are_refused()
    {
        string[] parts = CreateParts(2, new CreateFromImagesOptions());
        File.Move(_folder.File("photos/4.pgm"), _folder.File("photos/5.pgm"));
        Create(parts[1], Part(1, 2));
        AssertRefused(
            parts, $"{parts[1]}: made of a list of pictures with other names than that of {parts[0]}; make the parts of one list");
        File.Delete(_folder.File("photos/5.pgm"));
        Create(parts[1], Part(1, 2));
        AssertRefused(
            parts, $"{parts[1]}: made of a list of 4 pictures, where {parts[0]} is of one of 5; make the parts of one list");
    }

    [Fact]
    public void Parts_of_other_divisions_are_refused()
    {
        string[] parts = CreateParts(2, new CreateFromImagesOptions());
        Create(parts[1], Part(1, 3));
        AssertRefused(parts, $"{parts[1]}: part 1/3, where {parts[0]} is part 0/2; give parts of one division");
    }

    [Theory]
    [InlineData("resize 4", "resize none")]
    [InlineData("shuffle 0", "shuffle 1")]
    [InlineData("key-order ShapeData", "key-order DataShape")]
    public void Parts_made_with_other_settings_are_refused(string other, string usual)
    {
        string[] parts = CreateParts(2, new CreateFromImagesOptions());
        Create(
            parts[1],
            Part(1, 2) with
            {
                Resize = other == "resize 4" ? 4 : null,
                Shuffle = other != "shuffle 0",
                Export = new ExporterOptions
                {
                    KeyOrder = other == "key-order ShapeData" ? ExampleKeyOrder.ShapeData : ExampleKeyOrder.DataShape,
                    Overwrite = true,
                },
            });
        AssertRefused(
            parts, $"{parts[1]}: made with {other}, where {parts[0]} is made with {usual}; make the parts with the same settings");
    }

    [Fact]
    public void Parts_made_with_other_labels_are_refused()
    {
        string[] parts = CreateParts(2, new CreateFromImagesOptions { LabelFile = _folder.File("values.csv") });
        string labels = _folder.File("values.csv");
        File.WriteAllText(labels, File.ReadAllText(labels).Replace("4.5", "4.25", StringComparison.Ordinal));
        Create(parts[1], Part(1, 2) with { LabelFile = labels });
        string message = Assert.Throws<InvalidDataException>(() => Merge(parts)).Message;
        Assert.StartsWith($"{parts[1]}: made with labels [5, 2], XXH128 ", message, StringComparison.Ordinal);
        Assert.EndsWith("; make the parts with the same settings", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_whose_pictures_have_other_sizes_are_refused()
    {
        string[] parts = CreateParts(2, new CreateFromImagesOptions { Shuffle = false });
        Enumerable.Range(0, Pictures).ToList().ForEach(i => WritePicture($"photos/{i}.pgm", 2 * Small, 0));
        Create(parts[1], Part(1, 2) with { Shuffle = false });
        AssertRefused(
            parts,
            $"{parts[1]}: its images are 16 x 16 gray, where those of {parts[0]} are 8 x 8 gray; "
            + "all pictures of a dataset have one size and colour");
    }

    [Theory]
    [InlineData("r02.tfrecords", "other bytes than were written")]
    [InlineData("r03.tfrecords", "other bytes than were written")]
    [InlineData("rxx.labels", "other bytes than were written")]
    [InlineData("part.json", "not the record of a part")]
    public void A_changed_byte_anywhere_is_refused(string ending, string problem)
    {
        string[] parts = CreateParts(2, new CreateFromImagesOptions { LabelFile = _folder.File("values.csv") });
        string file = Path.Combine(parts[1], $"1-{ending}");
        byte[] content = File.ReadAllBytes(file);
        content[^1] ^= 1;
        File.WriteAllBytes(file, content);
        AssertRefused(parts, $"{file}: {problem}; the part is damaged, make it again");
    }

    [Fact]
    public void A_file_cut_off_or_missing_is_refused()
    {
        string[] parts = CreateParts(2, new CreateFromImagesOptions());
        string file = Path.Combine(parts[0], "0-r03.tfrecords");
        byte[] content = File.ReadAllBytes(file);
        File.WriteAllBytes(file, content[..(content.Length / 2)]);
        AssertRefused(parts, $"{file}: {content.Length / 2} bytes instead of {content.Length}; the part is damaged, make it again");
        File.Delete(file);
        AssertRefused(parts, $"{file}: no such file; give the place where it is");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{" + List + ", \"part\": {\"index\": 3, \"count\": 2}, \"settings\": {}, \"files\": {}}")]
    [InlineData("{" + List + ", \"part\": {\"index\": 0, \"count\": 0}, \"settings\": {}, \"files\": {}}")]
    [InlineData("{" + All + ", \"pictures\": {\"count\": -5, \"names_sha256\": \"\"}, \"settings\": {}, \"files\": {}}")]
    [InlineData("{" + All + ", \"pictures\": null, \"settings\": {}, \"files\": {}}")]
    [InlineData(
        "{" + All + ", " + List + ", \"settings\": {\"a\": null}, \"images\": \"a\", \"files\": {\"r02.tfrecords\": " + None + "}}")]
    [InlineData("{" + All + ", " + List + ", \"settings\": {}, \"files\": {}}")]
    [InlineData("{" + All + ", " + List + ", \"settings\": {}, \"images\": \"a\", \"files\": {}}")]
    [InlineData("{" + All + ", " + List + ", \"settings\": {}, \"images\": \"a\", \"files\": {\"r02.tfrecords\": null}}")]
    [InlineData(
        "{" + All + ", " + List + ", \"settings\": {}, \"images\": \"a\", "
        + "\"files\": {\"r02.tfrecords\": " + None + ", \"/../../x\": " + None + "}}")]
    public void A_record_that_is_none_is_refused(string content)
    {
        string part = Directory.CreateDirectory(_folder.File("part")).FullName, record = _folder.File("part/a-part.json");
        File.WriteAllText(record, content);
        AssertRefused([part], $"{record}: not the record of a part; the part is damaged, make it again");
    }

    [Fact]
    public void A_folder_that_is_no_part_is_refused()
    {
        string photos = _folder.File("photos"), none = _folder.File("none");
        AssertRefused(
            [photos], $"{photos}: not a part of a dataset; give folders that create_from_images --shard has written, each with one part");
        AssertRefused([none], $"{none}: no such folder; give folders that create_from_images --shard has written");
    }

    [Fact]
    public void A_part_is_not_replaced_by_the_whole()
    {
        string[] parts = CreateParts(1, new CreateFromImagesOptions());
        string message = Assert.Throws<InvalidDataException>(
            () => MergeParts.Run(parts[0] + "/", parts, overwrite: true, cancellation: TestContext.Current.CancellationToken)).Message;
        Assert.Equal($"{parts[0]}: a part, whose folder cannot be that of the whole dataset; choose another", message);
    }

    [Fact]
    public void A_part_and_a_whole_dataset_replace_one_another_only_on_request()
    {
        string target = _folder.File("set");
        Create(target, new CreateFromImagesOptions { Shard = new Shard(0, 9) });
        Assert.Throws<IOException>(
            () => CreateFromImages.Run(target, _folder.File("photos"), cancellation: TestContext.Current.CancellationToken));
        Create(target, new CreateFromImagesOptions());
        Assert.Equal(["set-r02.tfrecords", "set-r03.tfrecords"], Names(target));
        Create(target, new CreateFromImagesOptions { Shard = new Shard(0, 9) });
        Assert.Equal(["set-part.json"], Names(target));
    }

    private static CreateFromImagesOptions Part(int index, int count) => new() { Shard = new Shard(index, count) };

    private string[] CreateParts(int count, CreateFromImagesOptions options)
    {
        string[] parts = [.. Enumerable.Range(0, count).Select(i => _folder.File($"parts/{i}"))];
        for (int i = 0; i < count; i++)
        {
            Create(parts[i], options with { Shard = new Shard(i, count) });
        }

        return parts;
    }

    private void Create(string target, CreateFromImagesOptions options) => CreateFromImages.Run(
        target,
        _folder.File("photos"),
        options with { Export = options.Export with { Overwrite = true } },
        TestContext.Current.CancellationToken);

    private int Merge(IEnumerable<string> parts) =>
        MergeParts.Run(Whole, [.. parts], cancellation: TestContext.Current.CancellationToken);

    /// <summary>Nothing is written beside the error.</summary>
    private void AssertRefused(string[] parts, string problem)
    {
        Assert.Equal(problem, Assert.Throws<InvalidDataException>(() => Merge(parts)).Message);
        Assert.False(Directory.Exists(_folder.File("whole")));
        Assert.DoesNotContain(Directory.GetDirectories(_folder.Path), d => d.EndsWith(".incomplete", StringComparison.Ordinal));
    }

    private static void AssertSameFiles(string expected, string actual)
    {
        Assert.Equal(Names(expected), Names(actual));
        Assert.All(
            Names(expected),
            n => Assert.Equal(File.ReadAllBytes(Path.Combine(expected, n)), File.ReadAllBytes(Path.Combine(actual, n))));
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    private IEnumerable<int> FirstPixels(string file)
    {
        using TFRecordReader reader = TFRecordReader.Open(_folder.File(file));
        while (reader.Read())
        {
            yield return ImageExample.Parse(reader.Record, reader.Location).Data[0];
        }
    }

    private void WritePicture(string name, int size, byte value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        string header = string.Create(CultureInfo.InvariantCulture, $"P5\n{size} {size}\n255\n");
        _folder.Write(name, [.. System.Text.Encoding.ASCII.GetBytes(header), .. Enumerable.Repeat(value, size * size)]);
    }
}
