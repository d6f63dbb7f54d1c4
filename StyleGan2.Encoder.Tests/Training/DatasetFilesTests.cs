using System.Diagnostics;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Records;
using TensorGraph.Runtime;
using Training.Datasets;

namespace StyleGan2.Encoder.Tests.Training;

/// <summary>What a dataset reads of its files, what it leaves unread, and what it takes in memory.</summary>
public sealed class DatasetFilesTests : IDisposable
{
    private readonly Graph _graph = new();
    private readonly Session _session;
    private readonly TemporaryFolder _folder = new();

    public DatasetFilesTests()
    {
        _session = new Session(_graph);
    }

    public void Dispose()
    {
        _session.Dispose();
        _graph.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_file_of_a_million_records_opens_without_being_read()
    {
        ImageShape shape = new(3, 4, 4);
        byte[] start = ImageRecords.File(1000, shape);
        string file = _folder.Write("set-r02.tfrecords", start);
        using (FileStream rest = new(file, FileMode.Open))
        {
            // Zeros are no records: reading on to them is an error.
            rest.SetLength(start.Length * 1000L);
        }

        using TFRecordDataset dataset = Open(shuffleMb: 0, prefetchMb: 0);
        Assert.Equal(ImageRecords.Pixels(0, shape), dataset.GetMinibatchNp(32).Images[0].Values<byte>());
        for (int read = 32; read + 32 <= 1000; read += 32)
        {
            dataset.GetMinibatchNp(32);
        }

        Assert.StartsWith(
            $"{file}, byte {start.Length}: ",
            Assert.Throws<RecordException>(() => dataset.GetMinibatchNp(32)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_process_may_write_another_file_of_the_folder_meanwhile()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the other process is a shell");
        ImageShape shape = new(3, 8, 8);
        _folder.Write("set-r03.tfrecords", ImageRecords.File(64, shape));
        string other = _folder.Write("set-r02.tfrecords", ImageRecords.File(64, new ImageShape(3, 4, 4)));
        using TFRecordDataset dataset = Open(shuffleMb: 0, prefetchMb: 1);
        using Process writer = Process.Start("sh", ["-c", "while :; do head -c 100000 /dev/urandom > \"$0\"; done", other]);
        try
        {
            Assert.True(SpinWait.SpinUntil(() => new FileInfo(other).Length is not 64 * 98, TimeSpan.FromSeconds(30)));
            for (int batch = 0; batch < 200; batch++)
            {
                NDArray images = dataset.GetMinibatchNp(16).Images;
                Assert.Equal(ImageRecords.Pixels(batch % 4 * 16, shape), images[0].Values<byte>());
                Assert.Equal(ImageRecords.Pixels((batch % 4 * 16) + 15, shape), images[15].Values<byte>());
            }

            Assert.False(writer.HasExited);
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void However_many_batches_are_read_none_allocates_its_size(int shuffleMb)
    {
        const int BatchSize = 32 * 3 * 128 * 128, Batches = 60;
        WritePyramid(64, 128);
        using TFRecordDataset dataset = Open(shuffleMb, prefetchMb: 0);
        Read(dataset, 20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Read(dataset, Batches);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Batches * BatchSize / 50);
    }

    private static void Read(TFRecordDataset dataset, int batches)
    {
        for (int i = 0; i < batches; i++)
        {
            (NDArray images, NDArray labels) = dataset.GetMinibatchNp(32);
            images.Dispose();
            labels.Dispose();
        }
    }

    private TFRecordDataset Open(int shuffleMb, int prefetchMb) =>
        new(
            _session,
            new TFRecordDatasetOptions { TfrecordDir = _folder.Path, ShuffleMb = shuffleMb, PrefetchMb = prefetchMb, NumThreads = 1 });

    private void WritePyramid(int images, int size)
    {
        for (; size >= 4; size /= 2)
        {
            byte[] record = ImageRecords.Record(size, new ImageShape(3, size, size));
            _folder.Write(
                $"set-r{System.Numerics.BitOperations.Log2((uint)size):D2}.tfrecords",
                ImageRecords.File(Enumerable.Repeat(record, images)));
        }
    }
}
