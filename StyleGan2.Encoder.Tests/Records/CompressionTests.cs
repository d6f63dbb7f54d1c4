using System.IO.Compression;
using CsCheck;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Data;
using TensorGraph.Numpy;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Records;

public sealed class CompressionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CompressionType.None)]
    [InlineData(CompressionType.Gzip)]
    [InlineData(CompressionType.Zlib)]
    public void Files_are_recognized_and_read_however_they_are_compressed(CompressionType compression) =>
        Gen.Select(Gen.Byte.Array[0, 100].Array[1, 4], Gen.Bool).Sample(
            (records, isSmall) =>
            {
                string file = _folder.Write(
                    "file",
                    Pack(ImageRecords.File(records), compression, isSmall ? CompressionLevel.SmallestSize : CompressionLevel.Fastest));
                Assert.Equal(compression, Compression.Of(file));
                Assert.Equal(records, Dataset.TFRecord([file], compression: null).Select(e => e[0].Values<byte>()));
                using TFRecordReader reader = TFRecordReader.Open(file);
                Assert.All(records, r => Assert.True(reader.Read() && reader.Record.SequenceEqual(r)));
                Assert.False(reader.Read());
            },
            iter: 30,
            threads: 1);

    [Theory]
    [InlineData(0x8b1f)]
    [InlineData(0x9c78)]
    public void A_record_whose_length_looks_like_a_compressed_files_beginning_is_none(int length) =>
        Assert.Equal(CompressionType.None, Compression.Of(_folder.Write("file", ImageRecords.File(new byte[length]))));

    [Theory]
    [InlineData]
    [InlineData((byte)0x1f)]
    [InlineData((byte)1, (byte)2, (byte)3)]
    public void Other_files_are_not_compressed(params byte[] content) =>
        Assert.Equal(CompressionType.None, Compression.Of(_folder.Write("file", content)));

    [Fact]
    public void A_compressed_record_that_is_larger_than_any_image_is_refused_before_it_is_unpacked()
    {
        byte[] header = ImageRecords.File(new byte[8])[..12];
        BitConverter.TryWriteBytes(header, 1L << 27);
        string file = _folder.Write("file", Pack(header, CompressionType.Gzip, CompressionLevel.Fastest));
        using TFRecordReader reader = TFRecordReader.Open(file, ignoreCrc: true);
        string message = Assert.Throws<RecordException>(() => reader.Read()).Message;
        Assert.EndsWith("a compressed record has 134217728 bytes, more than 67108864, the most that is read; unpack the file", message,
            StringComparison.Ordinal);
    }

    private static byte[] Pack(byte[] file, CompressionType compression, CompressionLevel level)
    {
        if (compression == CompressionType.None)
        {
            return file;
        }

        using MemoryStream packed = new();
        using (Stream stream = compression == CompressionType.Gzip ? new GZipStream(packed, level) : new ZLibStream(packed, level))
        {
            stream.Write(file);
        }

        return packed.ToArray();
    }
}
