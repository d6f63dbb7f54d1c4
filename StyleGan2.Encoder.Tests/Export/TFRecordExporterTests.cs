using DatasetTool.Export;
using Imaging;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Export;

public sealed class TFRecordExporterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Target => Path.Combine(_folder.Path, "set");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_is_in_place_before_the_dataset_is_closed()
    {
        using TFRecordExporter exporter = new(Target, 1);
        Add(exporter, 3, 8, 8);
        Assert.False(Directory.Exists(Target));
        exporter.Close();
        Assert.Equal(["set-r02.tfrecords", "set-r03.tfrecords"], Names(Target));
        Assert.Equal(["set"], Names(_folder.Path));
    }

    [Fact]
    public void A_dataset_that_is_not_closed_leaves_nothing()
    {
        using (TFRecordExporter exporter = new(Path.Combine(Target, "deeper", "still"), 1))
        {
            Add(exporter, 3, 8, 8);
        }

        Assert.Empty(Names(_folder.Path));
    }

    [Fact]
    public void In_a_folder_that_exists_the_dataset_is_replaced_on_request_and_other_files_stay()
    {
        ExporterOptions overwrite = new() { Overwrite = true };
        Directory.CreateDirectory(Target);
        foreach (string name in new[] { "notes.txt", "set-r04.tfrecords", "set-r02.tfrecords", "set-rxx.labels" })
        {
            File.WriteAllText(Path.Combine(Target, name), "old");
        }

        using (TFRecordExporter failing = new(Target, 1, overwrite))
        {
            Add(failing, 3, 8, 8);
        }

        Assert.All(Names(Target), name => Assert.Equal("old", File.ReadAllText(Path.Combine(Target, name))));
        using TFRecordExporter exporter = new(Target, 1, overwrite);
        Add(exporter, 3, 8, 8);
        exporter.Close();
        Assert.Equal(["notes.txt", "set-r02.tfrecords", "set-r03.tfrecords"], Names(Target));
        Assert.NotEqual("old", File.ReadAllText(Path.Combine(Target, "set-r02.tfrecords")));
    }

    [Theory]
    [InlineData(
        "set-r02.tfrecords",
        "there are results already (set-r02.tfrecords); choose another folder, or give --overwrite to replace them",
        false)]
    [InlineData(
        "other-r02.tfrecords",
        "there is another dataset in the folder (other-r02.tfrecords), which would be mixed up with the new one; choose another folder",
        true)]
    public void A_dataset_in_the_folder_stays_as_it_is(string file, string message, bool overwrite)
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, file), "old");
        IOException error = Assert.Throws<IOException>(
            () => new TFRecordExporter(Target, 1, new ExporterOptions { Overwrite = overwrite }));
        Assert.Equal($"{Target}: {message}", error.Message);
        Assert.Equal([file], Names(Target));
    }

    [Fact]
    public void What_cannot_be_put_in_its_place_leaves_the_earlier_dataset()
    {
        Directory.CreateDirectory(Path.Combine(Target, "set-r02.tfrecords"));
        File.WriteAllText(Path.Combine(Target, "set-r03.tfrecords"), "old");
        using (TFRecordExporter exporter = new(Target, 1, new ExporterOptions { Overwrite = true }))
        {
            Add(exporter, 3, 8, 8);
            Assert.Throws<IOException>(exporter.Close);
        }

        Assert.Equal(["set-r02.tfrecords", "set-r03.tfrecords"], Names(Target));
        Assert.Equal("old", File.ReadAllText(Path.Combine(Target, "set-r03.tfrecords")));
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_and_what_a_running_one_writes_stays()
    {
        string abandoned = Path.Combine(_folder.Path, $".set.{Environment.MachineName}-{int.MaxValue}-1.incomplete");
        string current = Path.Combine(_folder.Path, $".set.{Environment.MachineName}-{Environment.ProcessId}-0.incomplete");
        Directory.CreateDirectory(abandoned);
        Directory.CreateDirectory(current);
        using TFRecordExporter exporter = new(Target, 1);
        Assert.False(Directory.Exists(abandoned));
        Assert.True(Directory.Exists(current));
    }

    [Theory]
    [InlineData(8, 4, "x: 8 x 4 pixels, not square; crop it, or give --resize")]
    [InlineData(12, 12, "x: 12 x 12 pixels, not a power of two; resize it, or give --resize")]
    [InlineData(2, 2, "x: 2 x 2 pixels, smaller than 4 x 4; resize it, or give --resize")]
    public void A_picture_of_an_unfit_size_is_an_error_that_says_what_to_do(int width, int height, string message)
    {
        using TFRecordExporter exporter = new(Target, 1);
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Add(exporter, 3, height, width)).Message);
    }

    [Theory]
    [InlineData(3, 16, "x: 16 x 16 RGB, where x is 8 x 8 RGB; all pictures of a dataset have one size and colour "
        + "(--resize and --convert rgb make them so)")]
    [InlineData(1, 8, "x: 8 x 8 gray, where x is 8 x 8 RGB; all pictures of a dataset have one size and colour "
        + "(--resize and --convert rgb make them so)")]
    public void Pictures_of_different_shapes_are_an_error_that_names_both(int channels, int size, string message)
    {
        using TFRecordExporter exporter = new(Target, 2);
        Add(exporter, 3, 8, 8);
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Add(exporter, channels, size, size)).Message);
    }

    [Fact]
    public void Labels_are_the_recorded_bytes()
    {
        NDArray labels = Golden.Npy("dataset", "hdf5", "set-labels.npy");
        int images = (int)labels.shape[0];
        using TFRecordExporter exporter = new(Target, images);
        for (int i = 0; i < images; i++)
        {
            Add(exporter, 1, 4, 4);
        }

        int[] order = exporter.ChooseShuffledOrder();
        double[] values = Golden.Doubles(labels);
        int width = values.Length / images;
        double[] shuffled = [.. order.SelectMany(i => values[(i * width)..((i + 1) * width)])];
        exporter.AddLabels(shuffled.ToNDArray(images, width));
        exporter.Close();
        Assert.Equal(
            File.ReadAllBytes(Golden.Path("dataset", "hdf5", "tfrecords", "tfrecords-rxx.labels")),
            File.ReadAllBytes(Path.Combine(Target, "set-rxx.labels")));
    }

    [Fact]
    public void Labels_for_another_number_of_images_are_an_error()
    {
        using TFRecordExporter exporter = new(Target, 1);
        Add(exporter, 3, 8, 8);
        string message = Assert.Throws<InvalidDataException>(() => exporter.AddLabels(np.zeros(new Shape(2, 3)))).Message;
        Assert.Equal($"{Target}: 1 images have labels of shape [2, 3]; give one row for each image", message);
    }

    [Fact]
    public void The_shuffled_order_is_NumPys()
    {
        using TFRecordExporter exporter = new(Target, 60000);
        Assert.Equal(
            Golden.Doubles(Golden.Npy("random", "numpy-123-shuffle-60000.npy")), exporter.ChooseShuffledOrder().Select(i => (double)i));
    }

    [Fact]
    public void The_older_order_of_keys_can_be_asked_for()
    {
        using TFRecordExporter exporter = new(Target, 1, new ExporterOptions { KeyOrder = ExampleKeyOrder.ShapeData });
        Add(exporter, 3, 4, 4);
        exporter.Close();
        ReadOnlySpan<byte> file = File.ReadAllBytes(Path.Combine(Target, "set-r02.tfrecords"));
        Assert.InRange(file.IndexOf("shape"u8), 0, file.IndexOf("data"u8));
    }

    [Fact]
    public void All_bad_pictures_are_counted_in_the_error()
    {
        using TFRecordExporter exporter = new(Target, 9);
        PictureSource[] sources =
        [
            new("good", () => Blank(3, 8, 8)),
            new("slow and bad", () =>
            {
                Thread.Sleep(50);
                throw new InvalidDataException("the first");
            }),
            .. Enumerable.Range(0, 7).Select(i => new PictureSource($"bad {i}", () => throw new InvalidDataException("a later one"))),
        ];
        Assert.Equal(
            "8 of 9 pictures cannot be taken; mend or remove them",
            Assert.Throws<InvalidDataException>(() => exporter.AddImages(sources, TestContext.Current.CancellationToken)).Message);
    }

    [Fact]
    public void No_more_pictures_are_decoded_ahead_than_there_are_workers_and_a_few()
    {
        int loaded = 0;
        using TFRecordExporter exporter = new(Target, 100, new ExporterOptions { Workers = 2 });
        IEnumerable<PictureSource> sources = Enumerable.Range(0, 100).Select(i =>
        {
            Assert.InRange(i - exporter.CurImages, 0, 4);
            return new PictureSource($"{i}", () =>
            {
                Interlocked.Increment(ref loaded);
                return Blank(1, 4, 4);
            });
        });
        exporter.AddImages(sources, TestContext.Current.CancellationToken);
        Assert.Equal(100, loaded);
    }

    private static void Add(TFRecordExporter exporter, int channels, int height, int width)
    {
        using Picture picture = Blank(channels, height, width);
        exporter.AddImage(picture, "x");
    }

    private static Picture Blank(int channels, int height, int width) =>
        Picture.FromPixels(new byte[channels * height * width], channels, height, width);

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
}
