using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Data;
using TensorGraph.Numpy;
using TensorGraph.Records;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Data;

/// <summary>
/// Batches of records that follow one another in their file, which are read several at a time once the first has shown how they are laid
/// out.
/// </summary>
public sealed class RecordRunTests : IDisposable
{
    private const int Whole = 12 + 82 + 4;
    private static readonly ImageShape s_shape = new(3, 4, 4);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(4, 5, 1)]
    [InlineData(16, 30, 1)]
    [InlineData(300, 9, 1)]
    [InlineData(300, 9, 3)]
    public void Batches_hold_the_images_in_order(int side, int size, int calls)
    {
        ImageShape shape = new(3, side, side);
        Dataset images = tf.data.TFRecordDataset(_folder.Write("file", ImageRecords.File(20, shape))).ParseImages(shape);
        Assert.Equal(
            Enumerable.Range(0, 40).SelectMany(i => ImageRecords.Pixels(i % 20, shape)), Pixels(images.Repeat(2).Batch(size, calls)));
    }

    [Fact]
    public void More_records_than_can_be_read_at_once_make_a_batch()
    {
        ImageShape shape = new(1, 4, 4);
        Dataset images = tf.data.TFRecordDataset(_folder.Write("file", ImageRecords.File(3000, shape))).ParseImages(shape).Batch(1500);
        Assert.Equal(Enumerable.Range(0, 3000).SelectMany(i => ImageRecords.Pixels(i, shape)), Pixels(images));
    }

    [Fact]
    public void Shuffled_images_are_batched_in_their_new_order()
    {
        Dataset images = tf.data.TFRecordDataset(_folder.Write("file", ImageRecords.File(50, s_shape))).ParseImages(s_shape);
        images = images.Shuffle(8, seed: 1, reshuffleEachIteration: false);
        Assert.Equal(images.SelectMany(e => e[0].Values<byte>()), Pixels(images.Batch(6)));
    }

    [Fact]
    public void Records_without_images_are_batched()
    {
        byte[][] records = [.. Enumerable.Range(0, 10).Select(i => Enumerable.Repeat((byte)i, 7).ToArray())];
        Assert.Equal(
            records.SelectMany(r => r), Pixels(tf.data.TFRecordDataset(_folder.Write("file", ImageRecords.File(records))).Batch(4)));
    }

    [Fact]
    public void Images_come_beside_their_labels()
    {
        Dataset images = tf.data.TFRecordDataset(_folder.Write("file", ImageRecords.File(10, s_shape))).ParseImages(s_shape);
        NDArray[][] batches = [.. Dataset.Zip(images, Numbers.Range(10)).Batch(4)];
        Assert.Equal(
            Enumerable.Range(0, 10).SelectMany(i => ImageRecords.Pixels(i, s_shape)), batches.SelectMany(b => b[0].Values<byte>()));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), batches.SelectMany(b => b[1].Values<long>()));
    }

    [Fact]
    public void An_image_laid_out_differently_among_others_is_read()
    {
        byte[][] records = [.. Enumerable.Range(0, 12).Select(i => ImageRecords.Record(i, s_shape))];
        records[7] = ImageRecords.Record(7, s_shape, ExampleKeyOrder.ShapeData);
        records[9] = [.. records[9], 0x78, 1];
        Dataset images = tf.data.TFRecordDataset(_folder.Write("file", ImageRecords.File(records))).ParseImages(s_shape).Batch(3);
        Assert.Equal(Enumerable.Range(0, 12).SelectMany(i => ImageRecords.Pixels(i, s_shape)), Pixels(images));
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_a_later_batch_is_an_error_with_its_place()
    {
        byte[] file = ImageRecords.File(6, s_shape);
        for (int bit = 3 * Whole * 8; bit < file.Length * 8; bit++)
        {
            byte[] damaged = (byte[])file.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            string path = _folder.Write("flipped", damaged);
            using IEnumerator<NDArray[]> batches = tf.data.TFRecordDataset(path).ParseImages(s_shape).Batch(3).GetEnumerator();
            Assert.True(batches.MoveNext());
            RecordException error = Assert.Throws<RecordException>(() => batches.MoveNext());
            Assert.Equal(bit / 8 / Whole, error.Location.Offset / Whole);
            Assert.False(batches.MoveNext());
        }
    }

    [Fact]
    public void Of_damaged_images_side_by_side_the_first_element_is_told()
    {
        string first = Damaged("first", 5), second = Damaged("second", 4);
        Dataset images = Dataset.Zip(
            tf.data.TFRecordDataset(first).ParseImages(s_shape), tf.data.TFRecordDataset(second).ParseImages(s_shape)).Batch(3);
        using IEnumerator<NDArray[]> batches = images.GetEnumerator();
        Assert.True(batches.MoveNext());
        Assert.Equal(second, Assert.Throws<RecordException>(() => batches.MoveNext()).Location.File);
    }

    [Fact]
    public void Of_damaged_images_that_are_read_at_once_the_first_is_told()
    {
        ImageShape shape = new(3, 400, 400);
        byte[] file = ImageRecords.File(8, shape);
        int whole = file.Length / 8;
        for (int image = 2; image < 8; image++)
        {
            file[(image * whole) + 100] ^= 1;
        }

        Dataset images = tf.data.TFRecordDataset(_folder.Write("file", file)).ParseImages(shape).Batch(8, numParallelCalls: 4);
        for (int i = 0; i < 30; i++)
        {
            Assert.Equal(2 * whole, Assert.Throws<RecordException>(() => images.First()).Location.Offset);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Several_batches_made_ahead_at_once_keep_their_order_and_errors(int calls)
    {
        Dataset images = tf.data.TFRecordDataset(Damaged("file", 21)).ParseImages(s_shape).Prefetch(24).Batch(3, calls);
        using IEnumerator<NDArray[]> batches = images.GetEnumerator();
        for (int first = 0; first < 40; first += 3)
        {
            if (first == 21)
            {
                Assert.Equal(21, Assert.Throws<RecordException>(() => batches.MoveNext()).Location.Offset / Whole);
                continue;
            }

            Assert.True(batches.MoveNext());
            Assert.Equal(
                Enumerable.Range(first, Math.Min(3, 40 - first)).SelectMany(i => ImageRecords.Pixels(i, s_shape)),
                batches.Current[0].Values<byte>());
        }

        Assert.False(batches.MoveNext());
        Assert.False(batches.MoveNext());
    }

    /// <summary>A file of 40 images one of which is damaged.</summary>
    private string Damaged(string name, int image)
    {
        byte[] file = ImageRecords.File(40, s_shape);
        file[(image * Whole) + 40] ^= 1;
        return _folder.Write(name, file);
    }

    private static IEnumerable<byte> Pixels(Dataset batches) => batches.SelectMany(b => b[0].Values<byte>());
}
