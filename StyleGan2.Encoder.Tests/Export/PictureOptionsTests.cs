using DatasetTool.Creation;
using DatasetTool.Sources;
using Imaging;
using Imaging.Decoding;
using Imaging.Resizing;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Export;

/// <summary>What create_from_images does beyond the reference: folders inside folders, resizing, labels.</summary>
public sealed class PictureOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folders_inside_are_walked_in_the_order_of_whole_paths_without_hidden_ones()
    {
        string[] inOrder = ["a.ppm", "a/1.ppm", "a/b/2.ppm", "b.ppm"];
        foreach (string name in inOrder.Reverse().Concat([".git/x.ppm", "a/.hidden.ppm"]))
        {
            WritePicture(name, 4, 4);
        }

        Assert.Equal(inOrder, ImageFiles.NamesIn(_folder.Path, recursive: true));
        Assert.Equal(["a.ppm", "b.ppm"], ImageFiles.NamesIn(_folder.Path));
    }

    [Fact]
    public void A_link_back_to_the_folder_is_not_followed()
    {
        WritePicture("a/1.ppm", 4, 4);
        Directory.CreateSymbolicLink(_folder.File("a/back"), _folder.Path);
        Assert.Equal("a/1.ppm", Assert.Single(ImageFiles.NamesIn(_folder.Path, recursive: true)));
    }

    [Fact]
    public void Pictures_are_resized_from_the_largest_square_in_their_middle()
    {
        WritePicture("wide.ppm", 40, 24);
        string target = Path.Combine(_folder.Path, "out", "set");
        Create(target, new CreateFromImagesOptions { Resize = 8 });
        using Picture whole = ImageDecoder.Decode(_folder.File("wide.ppm"));
        using Picture square = whole.Crop(8, 0, 24, 24);
        using Picture expected = square.Resize(8, 8);
        using TFRecordReader reader = TFRecordReader.Open(Path.Combine(target, "set-r03.tfrecords"));
        Assert.True(reader.Read());
        Assert.True(ImageExample.Parse(reader.Record, reader.Location).Data.SequenceEqual(expected.Pixels));
    }

    [Theory]
    [InlineData("l.csv", "path,class\na.ppm,2\n\"b.ppm\",0\nelsewhere.ppm,9\n")]
    [InlineData("l.csv", "b.ppm, 0\na.ppm, 2\n")]
    [InlineData("l.json", "{\"labels\": [[\"b.ppm\", 0], [\"a.ppm\", 2]]}")]
    [InlineData("l.json", "{\"a.ppm\": 2, \"b.ppm\": 0}")]
    [InlineData("l.json", "{\"labels\": [[\"./b.ppm\", 0], [\".\\\\a.ppm\", 2]]}")]
    [InlineData("l.csv", "file,7\n./a.ppm,2\nb.ppm,0\n")]
    public void Whole_numbers_are_classes(string name, string content) => Assert.Equal([0, 0, 1, 1, 0, 0], Labels(name, content, 3));

    [Theory]
    [InlineData("l.csv", "a.ppm,0.5,-1\nb.ppm,2,3e1\n")]
    [InlineData("l.json", "{\"labels\": [[\"a.ppm\", [0.5, -1]], [\"b.ppm\", [2, 30]]]}")]
    public void Several_values_are_the_label_itself(string name, string content) =>
        Assert.Equal([0.5f, -1, 2, 30], Labels(name, content, 2));

    [Theory]
    [InlineData("l.csv", "a.ppm,1\n", "has no label for b.ppm; add it")]
    [InlineData("l.csv", "a.ppm,1\nb.ppm\n", "has no label for b.ppm; add it")]
    [InlineData("l.csv", "a.ppm,1,2\nb.ppm,1,cat\n", "the label of b.ppm has the value \"cat\", which is not a number; correct it")]
    [InlineData("l.csv", "a.ppm,1\nb.ppm,2\n./a.ppm,0\n", "has two labels for a.ppm; remove one of them")]
    [InlineData("l.json", "{\"a.ppm\": 2, \"b.ppm\": [0]}", "the labels of a.ppm and b.ppm are a class and values; give all the same kind")]
    [InlineData("l.json", "{\"a.ppm\": 1.5, \"b.ppm\": 2}", "there is the class 1.5; classes are whole numbers from 0 to 65534 or names, "
        + "and values come in lists ([[path, [value]], ...] in a .json file)")]
    [InlineData("l.csv", "a.ppm,1,2,3\nb.ppm,1,2", "the label of b.ppm has 2 values, where that of a.ppm has 3; give all the same number")]
    [InlineData("l.txt", "a.ppm,1\n", "labels come in a .csv or .json file; give one of these")]
    public void Labels_that_do_not_fit_are_one_line(string name, string content, string problem)
    {
        string file = _folder.File(name);
        File.WriteAllText(file, content);
        Assert.Equal($"{file}: {problem}", Assert.Throws<InvalidDataException>(() => Load(file, "a.ppm", "b.ppm")).Message);
    }

    [Fact]
    public void Classes_that_are_too_many_are_one_line()
    {
        string file = _folder.File("l.csv");
        string[] pictures = [.. Enumerable.Range(0, 40000).Select(i => $"{i}.ppm")];
        File.WriteAllLines(file, pictures.Select(p => $"{p},60000"));
        string message = Assert.Throws<InvalidDataException>(() => Load(file, pictures)).Message;
        Assert.Equal(
            $"{file}: classes up to 60000 of 40000 pictures are too many for labels; number the classes from 0 on without gaps", message);
    }

    [Theory]
    [InlineData("{\"labels\": [[\"a.ppm\"]]}")]
    [InlineData("{\"labels\": [[null, 1]]}")]
    [InlineData("{\"a.ppm\": true}")]
    [InlineData("{\"a.ppm\": [\"cat\"]}")]
    [InlineData("{\"a.ppm\": 1")]
    [InlineData("[1]")]
    [InlineData("")]
    public void JSON_that_is_not_of_labels_is_one_line(string content)
    {
        string file = _folder.File("l.json");
        File.WriteAllText(file, content);
        string message = Assert.Throws<InvalidDataException>(() => Load(file, "a.ppm")).Message;
        Assert.StartsWith($"{file}: not JSON of labels, ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_follow_the_shuffled_pictures()
    {
        for (int i = 0; i < 8; i++)
        {
            File.WriteAllBytes(_folder.File($"{i}.pgm"), [.. "P5\n4 4\n255\n"u8, .. Enumerable.Repeat((byte)i, 16)]);
        }

        string labels = Path.Combine(Directory.CreateDirectory(_folder.File("labels")).FullName, "l.csv");
        File.WriteAllLines(labels, Enumerable.Range(0, 8).Select(i => $"{i}.pgm,{i},0"));
        string target = Path.Combine(_folder.Path, "out", "set");
        Create(target, new CreateFromImagesOptions { LabelFile = labels });
        float[] rows = NpyFile.Load(Path.Combine(target, "set-rxx.labels")).Values<float>();
        using TFRecordReader reader = TFRecordReader.Open(Path.Combine(target, "set-r02.tfrecords"));
        for (int i = 0; reader.Read(); i++)
        {
            Assert.Equal(ImageExample.Parse(reader.Record, reader.Location).Data[0], rows[2 * i]);
        }

        float[] shuffled = [.. rows.Where((_, i) => i % 2 == 0)];
        Assert.NotEqual(shuffled.Order(), shuffled);
    }

    /// <summary>Real labels of people: one value each, not classes.</summary>
    [Fact]
    public void A_list_of_one_number_is_a_value_whatever_the_number_is()
    {
        File.WriteAllText(_folder.File("l.json"), "{\"labels\": [[\"a.ppm\", [25]], [\"b.ppm\", [30]]]}");
        PictureLabels labels = Load(_folder.File("l.json"), "a.ppm", "b.ppm")!;
        Assert.Equal([2, 1], labels.Values.shape);
        Assert.Equal([25, 30], labels.Values.Values<float>());
        Assert.Null(labels.ClassNames);
    }

    [Theory]
    [InlineData("l.csv", "image,class\nb.ppm,cat\na.ppm,mouse\nelsewhere.ppm,dog\n")]
    [InlineData("l.csv", "b.ppm,cat\na.ppm,mouse\nelsewhere.ppm,dog\n")]
    [InlineData("l.json", "{\"labels\": [[\"a.ppm\", \"mouse\"], [\"b.ppm\", \"cat\"], [\"c.ppm\", \"dog\"]]}")]
    public void Classes_that_are_names_are_numbered_in_the_order_of_all_names(string name, string content)
    {
        File.WriteAllText(_folder.File(name), content);
        PictureLabels labels = Load(_folder.File(name), "a.ppm", "b.ppm")!;
        Assert.Equal([0, 0, 1, 1, 0, 0], labels.Values.Values<float>());
        Assert.Equal(["cat", "dog", "mouse"], labels.ClassNames!.OrderBy(c => c.Value).Select(c => c.Key));
    }

    [Fact]
    public void Null_is_no_labels()
    {
        File.WriteAllText(_folder.File("l.json"), "{\"labels\": null}");
        Assert.Null(Load(_folder.File("l.json"), "a.ppm"));
    }

    private static PictureLabels? Load(string file, params string[] pictures)
    {
        using FileStream stream = File.OpenRead(file);
        return PictureLabels.Load(stream, file, pictures);
    }

    private float[] Labels(string name, string content, int components)
    {
        File.WriteAllText(_folder.File(name), content);
        NumSharp.NDArray labels = Load(_folder.File(name), "a.ppm", "b.ppm")!.Values;
        Assert.Equal([2, components], labels.shape);
        return labels.Values<float>();
    }

    private void Create(string target, CreateFromImagesOptions options) =>
        CreateFromImages.Run(target, _folder.Path, options, TestContext.Current.CancellationToken);

    private void WritePicture(string name, int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        new System.Random(width).NextBytes(pixels);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        _folder.Write(name, [.. System.Text.Encoding.ASCII.GetBytes($"P6\n{width} {height}\n255\n"), .. pixels]);
    }
}
