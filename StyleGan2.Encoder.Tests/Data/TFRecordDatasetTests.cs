using System.IO.Compression;
using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Data;
using TensorGraph.Records;
using TensorGraph.Numpy;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Data;

public sealed class TFRecordDatasetTests : IDisposable
{
    private static readonly byte[][] s_records = [[1, 2, 3], [], [4, 5, 6, 7, 8]];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Records_of_files_follow_each_other()
    {
        string a = _folder.Write("a", ImageRecords.File(s_records));
        string b = _folder.Write("b", ImageRecords.File([[9]]));
        string none = _folder.Write("none", []);
        Assert.Equal([.. s_records, [9]], Bytes(tf.data.TFRecordDataset([a, none, b])));
    }

    [Theory]
    [InlineData(CompressionType.Gzip)]
    [InlineData(CompressionType.Zlib)]
    public void Compressed_files_read_the_same(CompressionType compression)
    {
        string file = _folder.Write("file", Compress(ImageRecords.File(s_records), compression));
        Assert.Equal(s_records, Bytes(tf.data.TFRecordDataset(file, compression)));
        Assert.Equal(
            s_records.Order(Comparer<byte[]>.Create((a, b) => a.Length - b.Length)),
            Bytes(tf.data.TFRecordDataset(file, compression).Shuffle(10)).OrderBy(r => r.Length));
    }

    [Fact]
    public void Records_larger_than_any_buffer_come_whole()
    {
        byte[][] large = [.. Enumerable.Range(1, 3).Select(i => Random(i * 400_001))];
        Assert.Equal(large, Bytes(tf.data.TFRecordDataset(_folder.Write("file", ImageRecords.File(large)))));
    }

    [Fact]
    public void Many_small_records_come_whole_wherever_a_buffer_ends()
    {
        System.Random random = new(3);
        byte[][] small = [.. Enumerable.Range(0, 40_000).Select(i => new byte[random.Next(60)])];
        Array.ForEach(small, random.NextBytes);
        Assert.Equal(small, Bytes(tf.data.TFRecordDataset(_folder.Write("file", ImageRecords.File(small)))));
    }

    [Fact]
    public void A_missing_file_is_an_error_that_names_it_and_the_others_are_read()
    {
        string b = _folder.Write("b", ImageRecords.File([[9]]));
        using IEnumerator<NDArray[]> elements = tf.data.TFRecordDataset([_folder.File("missing"), b]).GetEnumerator();
        Assert.Contains("missing", Assert.Throws<FileNotFoundException>(() => elements.MoveNext()).Message, StringComparison.Ordinal);
        Assert.True(elements.MoveNext());
        Assert.Equal([9], elements.Current[0].Values<byte>());
    }

    [Theory]
    [InlineData(CompressionType.None)]
    [InlineData(CompressionType.Gzip)]
    [InlineData(CompressionType.Zlib)]
    public void A_file_cut_off_anywhere_gives_its_whole_records_and_an_error(CompressionType compression)
    {
        byte[] file = Compress(ImageRecords.File(s_records), compression);
        int[] ends = compression == CompressionType.None ? [0, 19, 35] : [0];
        for (int length = 0; length < file.Length; length++)
        {
            string path = _folder.Write("cut", file[..length]);
            List<byte[]> got = [];
            Exception? error = Record.Exception(() => Collect(tf.data.TFRecordDataset(path, compression), got));
            Assert.Equal(s_records[..got.Count], got);
            if (ends.Contains(length))
            {
                Assert.Null(error);
            }
            else
            {
                Assert.StartsWith($"{path}, byte ", Assert.IsType<RecordException>(error).Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(CompressionType.None)]
    [InlineData(CompressionType.Gzip)]
    [InlineData(CompressionType.Zlib)]
    public void A_flipped_bit_is_an_error_or_changes_nothing(CompressionType compression)
    {
        byte[] file = Compress(ImageRecords.File(s_records), compression);
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            byte[] damaged = (byte[])file.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            string path = _folder.Write("flipped", damaged);
            List<byte[]> got = [];
            Exception? error = Record.Exception(() => Collect(tf.data.TFRecordDataset(path, compression), got));
            if (error is null)
            {
                Assert.NotEqual(CompressionType.None, compression);
                Assert.Equal(s_records, got);
            }
            else
            {
                Assert.StartsWith($"{path}, byte ", Assert.IsType<RecordException>(error).Message, StringComparison.Ordinal);
                Assert.Equal(s_records[..got.Count], got);
            }
        }
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_read_is_an_error()
    {
        string file = _folder.Write("file", ImageRecords.File(Enumerable.Range(0, 9).Select(_ => Random(30_000))));
        using IEnumerator<NDArray[]> elements = tf.data.TFRecordDataset(file).GetEnumerator();
        Assert.True(elements.MoveNext());
        using (FileStream other = new(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            other.SetLength(100_000);
        }

        Assert.Throws<RecordException>(() => { while (elements.MoveNext()) { } });
    }

    [Fact]
    public void Nothing_beyond_the_records_taken_is_read()
    {
        string path = _folder.Write("file", [.. ImageRecords.File(2, new ImageShape(3, 4, 4)), 1, 2, 3]);
        Assert.Equal(2, tf.data.TFRecordDataset(path).Take(2).Count());
        Assert.Throws<RecordException>(() => tf.data.TFRecordDataset(path).Count());
    }

    private static List<byte[]> Bytes(Dataset dataset)
    {
        List<byte[]> bytes = [];
        Collect(dataset, bytes);
        return bytes;
    }

    private static void Collect(Dataset dataset, List<byte[]> bytes)
    {
        foreach (NDArray[] element in dataset)
        {
            bytes.Add(element[0].Values<byte>());
        }
    }

    private static byte[] Random(int length)
    {
        byte[] bytes = new byte[length];
        new System.Random(length).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Compress(byte[] file, CompressionType compression)
    {
        using MemoryStream packed = new();
        using (Stream stream = compression switch
        {
            CompressionType.Gzip => new GZipStream(packed, CompressionLevel.Optimal),
            CompressionType.Zlib => new ZLibStream(packed, CompressionLevel.Optimal),
            _ => new BufferedStream(packed),
        })
        {
            stream.Write(file);
        }

        return packed.ToArray();
    }
}
