using System.Text.Json;
using Dnnlib;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Data;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Records;
using TensorGraph.Runtime;
using Training.Datasets;
using static TensorGraph.Binding;
using Dataset = Training.Datasets.Dataset;
using TFRecordDataset = Training.Datasets.TFRecordDataset;

namespace StyleGan2.Encoder.Tests.Training;

public sealed class TFRecordDatasetTests : IDisposable
{
    private readonly Graph _graph = new();
    private readonly Session _session;
    private readonly TemporaryFolder _folder = new();

    public TFRecordDatasetTests() => _session = new Session(_graph);

    public static TheoryData<int> RecordedReads => [.. Enumerable.Range(0, Golden.Json("dataset", "reads", "reads.json").GetArrayLength())];

    public void Dispose()
    {
        _session.Dispose();
        _graph.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(RecordedReads))]
    public void Batches_are_those_of_the_reference(int index)
    {
        JsonElement record = Golden.Json("dataset", "reads", "reads.json")[index];
        EasyDict kwargs = Settings(record);
        using IDataset dataset = Dataset.LoadDataset(_session, dataDir: Golden.Path("dataset"), kwargs: kwargs);
        Assert.Equal(Ints(record.GetProperty("shape")), dataset.Shape);
        Assert.Equal(record.GetProperty("label_size").GetInt32(), dataset.LabelSize);

        List<NDArray> images = [], labels = [];
        bool ended = false;
        for (int i = 0; i < record.GetProperty("asked").GetInt32() && !ended; i++)
        {
            try
            {
                (NDArray Images, NDArray Labels) batch = dataset.GetMinibatchNp(
                    record.GetProperty("minibatch_size").GetInt32(), record.GetProperty("lod").GetInt32());
                images.Add(batch.Images);
                labels.Add(batch.Labels);
            }
            catch (OutOfRangeException)
            {
                ended = true;
            }
        }

        Assert.Equal(Ints(record.GetProperty("got")), images.Select(b => (int)b.shape[0]));
        Assert.Equal(record.GetProperty("got").GetArrayLength() < record.GetProperty("asked").GetInt32(), ended);
        AssertConcatenated<byte>(Golden.Npy("dataset", "reads", $"{index:00}-images.npy"), images);
        AssertConcatenated<float>(Golden.Npy("dataset", "reads", $"{index:00}-labels.npy"), labels);
    }

    [Fact]
    public void A_shuffled_pass_has_every_image_with_its_label_once()
    {
        using IDataset dataset = Load("rgb_png_32", new EasyDict { ["max_label_size"] = "full", ["repeat"] = false });
        using IDataset inOrder = Load("rgb_png_32", new EasyDict { ["max_label_size"] = "full", ["repeat"] = false, ["shuffle_mb"] = 0 });
        (NDArray images, NDArray labels) = dataset.GetMinibatchNp(7);
        (NDArray ordered, NDArray orderedLabels) = inOrder.GetMinibatchNp(7);
        Assert.Equal(
            Enumerable.Range(0, 7).Select(i => (Row<byte>(ordered, i), Row<float>(orderedLabels, i))).Order(),
            Enumerable.Range(0, 7).Select(i => (Row<byte>(images, i), Row<float>(labels, i))).Order());
    }

    /// <summary>
    /// Five and a third of these images make a megabyte, so that the buffer has six: an image comes up to five places early.
    /// </summary>
    [Fact]
    public void The_shuffle_buffer_holds_the_image_that_goes_beyond_its_size()
    {
        const int Count = 40;
        for (int side = 256; side >= 4; side /= 2)
        {
            IEnumerable<byte[]> records = Enumerable.Range(0, Count).Select(i => ImageRecords.Record(i, new ImageShape(3, side, side)));
            _folder.Write($"set-r{System.Numerics.BitOperations.Log2((uint)side):D2}.tfrecords", ImageRecords.File(records));
        }

        _graph.Seed = 5;
        TFRecordDatasetOptions options = new() { TfrecordDir = _folder.Path, ShuffleMb = 1, PrefetchMb = 0, Repeat = false };
        using TFRecordDataset dataset = new(_session, options);
        byte[] firstPixels = [.. Enumerable.Range(0, Count).Select(i => ImageRecords.Pixels(i, new ImageShape(1, 1, 1))[0])];
        int[] drawn = [.. Enumerable.Range(0, Count).Select(_ => Array.IndexOf(firstPixels, NextPixel()))];
        Assert.Equal(5, drawn.Select((image, place) => image - place).Max());

        byte NextPixel() => dataset.GetMinibatchNp(1).Images.Values<byte>()[0];
    }

    [Fact]
    public void Iteration_starts_over_only_when_the_minibatch_or_the_level_changes()
    {
        using IDataset dataset = Load("rgb_png_32", new EasyDict { ["shuffle_mb"] = 0 });
        byte[] first = dataset.GetMinibatchNp(1).Images.Values<byte>();
        Assert.NotEqual(first, dataset.GetMinibatchNp(1).Images.Values<byte>());
        Assert.NotEqual(first, dataset.GetMinibatchNp(1, 0.9).Images.Values<byte>());
        Assert.Equal([1L, 3, 16, 16], dataset.GetMinibatchNp(1, 1.5).Images.shape);
        Assert.Equal(first, dataset.GetMinibatchNp(1).Images.Values<byte>());
    }

    [Fact]
    public void Minibatches_come_as_tensors_of_the_configured_size_and_level()
    {
        using IDisposable graph = _graph.AsDefault();
        using IDataset dataset = Load("rgb_png_32", new EasyDict { ["shuffle_mb"] = 0, ["max_label_size"] = "full" });
        (Tensor images, Tensor labels) = dataset.GetMinibatchTf();
        Tensor brightest = tf.reduce_max(tf.cast(images, tf.float32));
        dataset.Configure(3, 2);
        NDArray[] values = _session.Run([images, labels, brightest]);
        Assert.Equal([3L, 3, 8, 8], values[0].shape);
        Assert.Equal([3L, 5], values[1].shape);
        Assert.Equal(values[0].Values<byte>().Max(), values[2].GetAtIndex<float>(0));
    }

    [Fact]
    public void Random_labels_are_rows_of_the_labels()
    {
        using IDataset dataset = Load("rgb_png_32", new EasyDict { ["max_label_size"] = "full" });
        NDArray all = NpyFile.Load(Golden.Path("dataset", "rgb_png_32", "tfrecords", "tfrecords-rxx.labels"));
        HashSet<string> rows = [.. Enumerable.Range(0, 7).Select(i => Row<float>(all, i))];
        NDArray drawn = dataset.GetRandomLabelsNp(50), fromGraph = _session.Run(dataset.GetRandomLabelsTf(50));
        Assert.All(Enumerable.Range(0, 50), i => Assert.Contains(Row<float>(drawn, i), rows));
        Assert.All(Enumerable.Range(0, 50), i => Assert.Contains(Row<float>(fromGraph, i), rows));
        Assert.True(Enumerable.Range(0, 50).Select(i => Row<float>(fromGraph, i)).Distinct().Count() > 1);
    }

    [Fact]
    public void Random_labels_are_those_of_the_images_that_are_used()
    {
        using IDataset dataset = Load("rgb_png_32", new EasyDict { ["max_label_size"] = "full", ["max_images"] = 2 });
        NDArray all = NpyFile.Load(Golden.Path("dataset", "rgb_png_32", "tfrecords", "tfrecords-rxx.labels"));
        string[] used = [Row<float>(all, 0), Row<float>(all, 1)];
        NDArray drawn = dataset.GetRandomLabelsNp(100), fromGraph = _session.Run(dataset.GetRandomLabelsTf(100));
        Assert.Equal(used.Order(), Enumerable.Range(0, 100).Select(i => Row<float>(drawn, i)).Distinct().Order());
        Assert.Equal(used.Order(), Enumerable.Range(0, 100).Select(i => Row<float>(fromGraph, i)).Distinct().Order());
    }

    [Fact]
    public void Without_labels_random_labels_have_no_components()
    {
        using IDataset dataset = Load("gray_png_16", []);
        Assert.Equal([5L, 0], dataset.GetRandomLabelsNp(5).shape);
        Assert.Equal([5L, 0], _session.Run(dataset.GetRandomLabelsTf(5)).shape);
    }

    [Fact]
    public void Labels_may_be_named_by_path_or_within_the_folder()
    {
        string copy = _folder.File("other.npy");
        File.Copy(Golden.Path("dataset", "rgb_png_32", "tfrecords", "tfrecords-rxx.labels"), copy);
        using IDataset named = Load("rgb_png_32", new EasyDict { ["max_label_size"] = "full", ["label_file"] = "tfrecords-rxx.labels" });
        using IDataset elsewhere = Load("gray_png_16", new EasyDict { ["max_label_size"] = 3, ["label_file"] = copy });
        Assert.Equal(5, named.LabelSize);
        Assert.Equal(3, elsewhere.LabelSize);
    }

    [Fact]
    public void The_dataset_is_described_as_the_reference_does()
    {
        using StringWriter lines = new();
        using IDataset dataset = Dataset.LoadDataset(
            _session, verbose: lines, kwargs: new EasyDict { ["tfrecord_dir"] = Golden.Path("dataset", "rgb_png_32", "tfrecords") });
        Assert.Equal(
            [
                "Streaming data using training.dataset.TFRecordDataset...",
                "Dataset shape = [3, 32, 32]",
                "Dynamic range = [0, 255]",
                "Label size    = 0",
            ],
            lines.ToString().TrimEnd().Split(lines.NewLine));
    }

    [Fact]
    public void An_argument_that_the_class_does_not_take_is_refused() =>
        Assert.Contains(
            "takes no argument shufle_mb",
            Assert.Throws<ArgumentException>(() => Load("rgb_png_32", new EasyDict { ["shufle_mb"] = 1 })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_level_that_is_not_there_is_refused()
    {
        using IDataset dataset = Load("rgb_png_32", []);
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Configure(1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Configure(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Configure(0));
    }

    [Fact]
    public void Bad_folders_are_errors_that_say_what_is_wrong()
    {
        AssertError<DirectoryNotFoundException>("missing", _folder.File("missing"));
        AssertError<InvalidDataException>("no .tfrecords file", _folder.Path);
        _folder.Write("a.tfrecords", []);
        AssertError<InvalidDataException>("a.tfrecords: there are no records", _folder.Path);
        _folder.Write("a.tfrecords", ImageRecords.File(1, new ImageShape(3, 16, 16)));
        _folder.Write(".hidden.tfrecords", [1]);
        AssertError<InvalidDataException>("images of 8 pixels", _folder.Path);
        _folder.Write("b.tfrecords", ImageRecords.File(1, new ImageShape(3, 8, 8)));
        _folder.Write("c.tfrecords", ImageRecords.File(1, new ImageShape(1, 4, 4)));
        AssertError<InvalidDataException>("c.tfrecords: its images of shape [1, 4, 4]", _folder.Path);
        _folder.Write("c.tfrecords", [1, 2, 3]);
        AssertError<RecordException>("c.tfrecords, byte 0: the file ends inside a record", _folder.Path);
    }

    [Fact]
    public void Disposing_closes_the_files()
    {
        string folder = CopyOf("rgb_png_32");
        IDataset dataset = new TFRecordDataset(_session, new TFRecordDatasetOptions { TfrecordDir = folder });
        dataset.GetMinibatchNp(2);
        dataset.Dispose();
        Assert.Throws<ObjectDisposedException>(() => dataset.GetMinibatchNp(2));
        using FileStream exclusive = new(
            Directory.GetFiles(folder, "*-r05.tfrecords").Single(), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    private IDataset Load(string name, EasyDict kwargs)
    {
        kwargs["tfrecord_dir"] = $"{name}/tfrecords";
        return Dataset.LoadDataset(_session, dataDir: Golden.Path("dataset"), kwargs: kwargs);
    }

    private string CopyOf(string name)
    {
        foreach (string file in Directory.GetFiles(Golden.Path("dataset", name, "tfrecords")))
        {
            File.Copy(file, _folder.File(Path.GetFileName(file)));
        }

        return _folder.Path;
    }

    private static EasyDict Settings(JsonElement record)
    {
        EasyDict kwargs = new()
        {
            ["tfrecord_dir"] = $"{record.GetProperty("dataset").GetString()}/tfrecords",
            ["shuffle_mb"] = record.GetProperty("shuffle_mb").GetInt32(),
            ["repeat"] = record.GetProperty("repeat").GetBoolean(),
        };
        foreach (string name in new[] { "max_images", "resolution", "prefetch_mb", "max_label_size" })
        {
            if (record.TryGetProperty(name, out JsonElement value))
            {
                kwargs[name] = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetInt32();
            }
        }

        return kwargs;
    }

    private static void AssertConcatenated<T>(NDArray expected, List<NDArray> batches)
        where T : unmanaged
    {
        long[] shape = [batches.Sum(b => b.shape[0]), .. batches[0].shape[1..]];
        Assert.Equal(expected.shape, shape);
        Assert.Equal(expected.Values<T>(), batches.SelectMany(b => b.Values<T>()));
    }

    private void AssertError<T>(string expected, string folder)
        where T : Exception =>
        Assert.Contains(
            expected,
            Assert.Throws<T>(() => new TFRecordDataset(_session, new TFRecordDatasetOptions { TfrecordDir = folder })).Message,
            StringComparison.Ordinal);

    private static int[] Ints(JsonElement values) => [.. values.EnumerateArray().Select(v => v.GetInt32())];

    private static string Row<T>(NDArray array, int row)
        where T : unmanaged => string.Join(" ", array[row].Values<T>());
}
