using System.IO.Compression;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Data;
using TensorGraph.Records;
using TensorGraph.Numpy;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Data;

public sealed class ParseImagesTests : IDisposable
{
    private static readonly ImageShape s_shape = new(3, 4, 4);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(4)]
    [InlineData(300)]
    public void Pixels_are_those_of_the_records(int side)
    {
        ImageShape shape = new(3, side, side);
        string file = _folder.Write("file", ImageRecords.File(5, shape));
        Dataset images = tf.data.TFRecordDataset(file).ParseImages(shape);
        Assert.Equal(Enumerable.Range(0, 5).Select(i => ImageRecords.Pixels(i, shape)), images.Select(e => e[0].Values<byte>()));
        Assert.Equal([3, side, side], images.OutputShapes[0]);
    }

    [Fact]
    public void Records_of_one_file_may_be_laid_out_differently()
    {
        byte[][] records = [.. Enumerable.Range(0, 6).Select(i => ImageRecords.Record(i, s_shape, (ExampleKeyOrder)(i % 3 % 2)))];
        records[2] = [.. records[2], 0x78, 1];
        AssertImages(6, tf.data.TFRecordDataset(_folder.Write("file", ImageRecords.File(records))).ParseImages(s_shape));
    }

    [Fact]
    public void Records_surrounded_by_much_else_are_read()
    {
        byte[] unknownField = [0x7A, 0xE8, 0x07, .. new byte[1000]];
        byte[][] records = [.. Enumerable.Range(0, 3).Select(i => (byte[])[.. unknownField, .. ImageRecords.Record(i, s_shape)])];
        AssertImages(3, tf.data.TFRecordDataset(_folder.Write("file", ImageRecords.File(records))).ParseImages(s_shape));
    }

    [Fact]
    public void Images_of_compressed_files_are_read()
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.Fastest))
        {
            stream.Write(ImageRecords.File(6, s_shape));
        }

        AssertImages(6, tf.data.TFRecordDataset(_folder.Write("file", packed.ToArray()), CompressionType.Gzip).ParseImages(s_shape));
    }

    [Fact]
    public void Records_that_were_loaded_before_are_read() =>
        AssertImages(6, tf.data.TFRecordDataset(_folder.Write("file", ImageRecords.File(6, s_shape))).Prefetch(3).ParseImages(s_shape));

    [Fact]
    public void Images_are_batched_whatever_reads_them_at_once()
    {
        string file = _folder.Write("file", ImageRecords.File(50, s_shape));
        Dataset images = tf.data.TFRecordDataset(file).ParseImages(s_shape).Prefetch(16).Batch(8, numParallelCalls: 4);
        NDArray[] batches = [.. images.Select(e => e[0])];
        Assert.Equal([2L, 3, 4, 4], batches[^1].shape);
        Assert.Equal(Enumerable.Range(0, 50).SelectMany(i => ImageRecords.Pixels(i, s_shape)), batches.SelectMany(b => b.Values<byte>()));
    }

    [Fact]
    public void An_image_of_another_shape_is_an_error_with_its_place()
    {
        string file = _folder.Write(
            "file", ImageRecords.File(ImageRecords.Record(0, s_shape), ImageRecords.Record(1, new ImageShape(3, 2, 8))));
        using IEnumerator<NDArray[]> elements = tf.data.TFRecordDataset(file).ParseImages(s_shape).GetEnumerator();
        Assert.True(elements.MoveNext());
        RecordException error = Assert.Throws<RecordException>(() => elements.MoveNext());
        Assert.Equal(new RecordLocation(file, 12 + 82 + 4 + 12), error.Location);
        Assert.Contains("shape [3, 2, 8]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(3, 4)]
    [InlineData(3, 600)] // A megabyte an image: several threads read the batch, each another image.
    public void Of_damaged_images_in_a_batch_the_first_is_told(int calls, int side)
    {
        ImageShape shape = new(3, side, side);
        byte[] damaged = ImageRecords.File(6, shape);
        int whole = damaged.Length / 6;
        damaged[(4 * whole) + 40] ^= 1;
        damaged[(2 * whole) + 40] ^= 1;
        string file = _folder.Write("file", damaged);
        using IEnumerator<NDArray[]> batches = tf.data.TFRecordDataset(file).ParseImages(shape).Batch(5, calls).GetEnumerator();
        Assert.Equal(2 * whole, Assert.Throws<RecordException>(() => batches.MoveNext()).Location.Offset);
        Assert.True(batches.MoveNext());
        Assert.Equal(ImageRecords.Pixels(5, shape), batches.Current[0].Values<byte>());
    }

    [Fact]
    public void A_flipped_bit_anywhere_never_gives_wrong_pixels()
    {
        byte[] file = ImageRecords.File(2, s_shape);
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            byte[] damaged = (byte[])file.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            string path = _folder.Write("flipped", damaged);
            using IEnumerator<NDArray[]> elements = tf.data.TFRecordDataset(path).ParseImages(s_shape).GetEnumerator();
            int read = 0;
            Assert.Throws<RecordException>(() =>
            {
                for (; elements.MoveNext(); read++)
                {
                    Assert.Equal(ImageRecords.Pixels(read, s_shape), elements.Current[0].Values<byte>());
                }
            });
            Assert.Equal(bit / 8 / 98, read);
        }
    }

    [Fact]
    public void A_file_cut_off_anywhere_gives_its_whole_images_and_an_error()
    {
        byte[] file = ImageRecords.File(2, s_shape);
        int record = file.Length / 2;
        for (int length = 1; length < file.Length; length++)
        {
            string path = _folder.Write("cut", file[..length]);
            using IEnumerator<NDArray[]> batches = tf.data.TFRecordDataset(path).ParseImages(s_shape).Batch(1).GetEnumerator();
            if (length >= record)
            {
                Assert.True(batches.MoveNext());
                Assert.Equal(ImageRecords.Pixels(0, s_shape), batches.Current[0].Values<byte>());
            }

            if (length == record)
            {
                Assert.False(batches.MoveNext());
                continue;
            }

            string place = $"{path}, byte {length / record * record}: ";
            Assert.StartsWith(place, Assert.Throws<RecordException>(() => batches.MoveNext()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Only_records_can_be_parsed() => Assert.Throws<ArgumentException>(() => Numbers.Range(3).ParseImages(s_shape));

    private static void AssertImages(int count, Dataset images) =>
        Assert.Equal(Enumerable.Range(0, count).Select(i => ImageRecords.Pixels(i, s_shape)), images.Select(e => e[0].Values<byte>()));
}
