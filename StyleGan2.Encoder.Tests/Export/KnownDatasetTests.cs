using System.Text;
using DatasetTool.Creation;
using DatasetTool.Export;
using DatasetTool.Sources;
using Dnnlib;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Export;

/// <summary>SVHN and CelebA in small, which are too large to be made for a test.</summary>
public sealed class KnownDatasetTests : IDisposable
{
    private const int ImageSize = 3 * 32 * 32;

    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.File("set");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SVHNs_three_files_come_out_shuffled_together_with_their_classes()
    {
        byte[] images = Pixels(30 * ImageSize), labels = [.. Enumerable.Range(0, 30).Select(i => (byte)(i % 10))];
        for (int part = 0; part < 3; part++)
        {
            byte[] ofPart = images[(part * 10 * ImageSize)..((part + 1) * 10 * ImageSize)];
            MadeDatasets.WriteSvhn(_folder.File($"train_{part + 1}.pkl"), ofPart, labels[(part * 10)..((part + 1) * 10)]);
        }

        PickledSet set = PickledSet.Svhn with { Count = 30 };
        set.Load(_folder.Path).Export(Target, new ExporterOptions(), TestContext.Current.CancellationToken);
        int[] order = Order(30);
        Assert.Equal(order.Select(i => images[(i * ImageSize)..((i + 1) * ImageSize)]), Records("set-r05.tfrecords"));
        float[] expected = [.. order.SelectMany(i => Enumerable.Range(0, 10).Select(c => c == labels[i] ? 1f : 0))];
        Assert.Equal(expected, NpyFile.Load(Path.Combine(Target, "set-rxx.labels")).Values<float>());
    }

    /// <summary>Python 3 makes them of the original's keys when it loads with encoding="bytes" and saves again.</summary>
    [Fact]
    public void CIFARs_pickles_may_have_bytes_for_keys()
    {
        byte[] images = Pixels(2 * ImageSize);
        EasyDict batch = new() { ["labels"] = new List<object?> { 3, 1 }, ["data"] = images.ToNDArray(2, ImageSize) };
        MadeDatasets.WritePickle(_folder.File("text"), batch);
        const char Text = '\u008c';
        string pickle = Encoding.Latin1.GetString(File.ReadAllBytes(_folder.File("text")));
        string withBytes = pickle.Replace($"{Text}\u0006labels", "C\u0006labels", StringComparison.Ordinal)
            .Replace($"{Text}\u0004data", "C\u0004data", StringComparison.Ordinal);
        Assert.NotEqual(pickle, withBytes);
        _folder.Write("bytes", Encoding.Latin1.GetBytes(withBytes));
        PickledBatch expected = PickledBatch.LoadDictionary(_folder.File("text"), "labels");
        PickledBatch actual = PickledBatch.LoadDictionary(_folder.File("bytes"), "labels");
        Assert.Equal(expected.Pixels, actual.Pixels);
        Assert.Equal([3, 1], actual.Classes);
    }

    [Fact]
    public void CelebAs_faces_are_cut_out_around_the_point_given()
    {
        byte[][] pictures = [.. Enumerable.Range(0, 5).Select(_ => Pixels(CreateCelebA.Width * CreateCelebA.Height * 3))];
        Directory.CreateDirectory(_folder.File("img_align_celeba_png"));
        for (int i = 0; i < pictures.Length; i++)
        {
            _folder.Write($"img_align_celeba_png/{i}.png", [.. "P6\n178 218\n255\n"u8, .. pictures[i]]);
        }

        CreateCelebA celebA = new() { ExpectedImages = pictures.Length };
        celebA.Run(Target, _folder.Path, 90, 120, new ExporterOptions(), TestContext.Current.CancellationToken);
        Assert.Equal(Order(pictures.Length).Select(i => Face(pictures[i], 90, 120)), Records("set-r07.tfrecords"));
    }

    [Fact]
    public void A_picture_that_is_not_CelebAs_is_one_line()
    {
        Directory.CreateDirectory(_folder.File("img_align_celeba_png"));
        string file = _folder.Write(
            "img_align_celeba_png/1.png", [.. "P6\n218 178\n255\n"u8, .. Pixels(CreateCelebA.Width * CreateCelebA.Height * 3)]);
        CreateCelebA celebA = new() { ExpectedImages = 1 };
        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => celebA.Run(Target, _folder.Path, 89, 121, new ExporterOptions(), TestContext.Current.CancellationToken));
        Assert.Equal($"{file}: 218 x 178 pixels and 3 channels, not 178 x 218 RGB; it is not of CelebA", error.Message);
        Assert.False(Directory.Exists(Target));
    }

    private static byte[] Face(byte[] pixels, int cx, int cy)
    {
        IEnumerable<int> rows = Enumerable.Range(cy - 64, 128), columns = Enumerable.Range(cx - 64, 128);
        IEnumerable<int> places = rows.SelectMany(y => columns.Select(x => ((y * CreateCelebA.Width) + x) * 3));
        return [.. Enumerable.Range(0, 3).SelectMany(c => places.Select(place => pixels[place + c]))];
    }

    private static byte[] Pixels(int count)
    {
        byte[] pixels = new byte[count];
        new System.Random(count).NextBytes(pixels);
        (pixels[0], pixels[1]) = (byte.MinValue, byte.MaxValue);
        return pixels;
    }

    private static int[] Order(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new RandomState(123).Shuffle(order.AsSpan());
        return order;
    }

    private List<byte[]> Records(string name)
    {
        using TFRecordReader reader = TFRecordReader.Open(Path.Combine(Target, name));
        List<byte[]> records = [];
        while (reader.Read())
        {
            records.Add(ImageExample.Parse(reader.Record, reader.Location).Data.ToArray());
        }

        return records;
    }
}
