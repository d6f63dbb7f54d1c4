using DatasetTool.Export;
using Imaging;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using Training.Datasets;

namespace StyleGan2.Encoder.Tests.Training;

/// <summary>How much memory a reader takes, whatever the number of batches.</summary>
[Collection(AloneCollection.Name)]
public sealed class ReaderMemoryTests : IDisposable
{
    private const int Side = 256;
    private const int Pictures = 640;
    private const int ShuffleMb = 32;
    private const int PrefetchMb = 32;
    private const int Allowance = 200;

    private readonly TemporaryFolder _folder = new();

    public ReaderMemoryTests()
    {
        byte[] pixels = new byte[3 * Side * Side];
        new System.Random(1).NextBytes(pixels);
        using Picture picture = Picture.FromPixels(pixels, 3, Side, Side);
        using TFRecordExporter exporter = new(Folder, Pictures);
        for (int i = 0; i < Pictures; i++)
        {
            exporter.AddImage(picture, $"{i}");
        }

        exporter.Close();
    }

    private string Folder => _folder.File("set");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public void A_reader_stays_within_what_it_may_shuffle_and_prefetch_and_200_megabytes(int threads, bool disposes)
    {
        using Graph graph = new();
        using Session session = new(graph);
        using TFRecordDataset dataset = new(
            session,
            new TFRecordDatasetOptions
            {
                TfrecordDir = Folder,
                ShuffleMb = ShuffleMb,
                PrefetchMb = PrefetchMb,
                BufferMb = 0,
                NumThreads = threads,
            });
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = Environment.WorkingSet, largest = 0;
        for (int i = 0; i < 4 * Pictures / 16; i++)
        {
            NDArray images = dataset.GetMinibatchNp(16).Images;
            Assert.Equal([16L, 3, Side, Side], images.shape);
            largest = Math.Max(largest, Environment.WorkingSet - before);
            if (disposes)
            {
                images.Dispose();
            }
        }

        Assert.InRange(largest >> 20, 0, ShuffleMb + PrefetchMb + Allowance);
    }
}
