using CsCheck;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Records;

public sealed class TFRecordTests
{
    private const string Name = "some.tfrecords";
    private static readonly byte[][] s_records = [[1, 2, 3], [], [4, 5, 6, 7, 8, 9, 10]];

    [Fact]
    public void Records_come_back_as_written() =>
        Gen.Byte.Array[0, 5_000].Array[0, 5].Sample(records => Assert.Equal(records, ReadAll(new MemoryStream(Write(records)))), iter: 50);

    [Fact]
    public void A_stream_that_gives_few_bytes_at_a_time_reads_the_same() =>
        Assert.Equal(s_records, ReadAll(new TrickleStream(Write(s_records), atATime: 3)));

    [Fact]
    public void A_record_larger_than_one_read_comes_whole_from_a_stream_of_unknown_length()
    {
        byte[] large = new byte[3_000_000];
        new System.Random(1).NextBytes(large);
        Assert.Equal([large], ReadAll(new TrickleStream(Write([large]), atATime: 700_001)));
    }

    [Fact]
    public void A_location_is_that_of_the_records_data()
    {
        using TFRecordReader reader = new(new MemoryStream(Write(s_records)), Name);
        Assert.True(reader.Read());
        Assert.Equal(new RecordLocation(Name, 12), reader.Location);
        Assert.True(reader.Read());
        Assert.Equal(new RecordLocation(Name, 12 + 3 + 4 + 12), reader.Location);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_cut_off_anywhere_but_between_records_is_an_error(bool seekable)
    {
        byte[] file = Write(s_records);
        int[] ends = [0, 19, 35, file.Length];
        for (int length = 0; length <= file.Length; length++)
        {
            byte[] cut = file[..length];
            Stream stream = seekable ? new MemoryStream(cut) : new TrickleStream(cut, 5);
            if (ends.Contains(length))
            {
                Assert.Equal(s_records[..Array.IndexOf(ends, length)], ReadAll(stream));
            }
            else
            {
                RecordException error = Assert.Throws<RecordException>(() => ReadAll(stream));
                Assert.StartsWith(
                    $"{Name}, byte {ends.Last(e => e < length)}: the file ends inside a record", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Any_flipped_bit_is_an_error(bool seekable)
    {
        byte[] file = Write(s_records);
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            byte[] damaged = (byte[])file.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Stream stream = seekable ? new MemoryStream(damaged) : new TrickleStream(damaged, 5);
            Assert.Throws<RecordException>(() => ReadAll(stream));
        }
    }

    [Fact]
    public void After_a_wrong_checksum_of_data_the_next_record_can_be_read()
    {
        byte[] file = Write(s_records);
        file[13] ^= 1;
        using TFRecordReader reader = new(new MemoryStream(file), Name);
        Assert.Throws<RecordException>(() => reader.Read());
        Assert.True(reader.CanReadOn);
        Assert.True(reader.Read() && reader.Read());
        Assert.Equal(s_records[2], reader.Record);
        Assert.Equal(new RecordLocation(Name, 47), reader.Location);
    }

    [Fact]
    public void After_a_wrong_length_or_an_end_inside_a_record_nothing_can_be_read()
    {
        byte[] file = Write(s_records), wrong = [.. file];
        wrong[0] ^= 1;
        foreach (byte[] damaged in new[] { wrong, file[..17] })
        {
            using TFRecordReader reader = new(new MemoryStream(damaged), Name);
            Assert.Throws<RecordException>(() => reader.Read());
            Assert.False(reader.CanReadOn);
        }
    }

    [Fact]
    public void Ignoring_checksums_reads_damaged_data()
    {
        byte[] file = Write([[1, 2, 3]]);
        file[13] = 77;
        Assert.Equal([[1, 77, 3]], ReadAll(new MemoryStream(file), ignoreCrc: true));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_length_beyond_the_file_allocates_nothing_of_that_size(bool seekable)
    {
        byte[] file = Write([[1, 2, 3]]);
        BitConverter.TryWriteBytes(file, 2_000_000_000L);
        Stream stream = seekable ? new MemoryStream(file) : new TrickleStream(file, 5);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<RecordException>(() => ReadAll(stream, ignoreCrc: true));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Theory]
    [InlineData(-1L, "said to have 18446744073709551615 bytes")]
    [InlineData(0x7FFFFFC7L - 3, "said to have 2147483588 bytes, more than the 2147483587 that can be read")]
    [InlineData(0x7FFFFFC7L - 4, "the file ends inside a record")]
    public void A_length_beyond_what_an_array_holds_is_an_error(long length, string problem)
    {
        byte[] file = Write([[1, 2, 3]]);
        BitConverter.TryWriteBytes(file, length);
        RecordException error = Assert.Throws<RecordException>(() => ReadAll(new MemoryStream(file), ignoreCrc: true));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_fails_while_reading_is_the_devices_error()
    {
        byte[] file = Write(s_records);
        for (int failsAfter = 0; failsAfter < file.Length; failsAfter++)
        {
            FailingStream stream = new(failsAfter, file);
            Assert.Equal("the device failed", Assert.Throws<IOException>(() => ReadAll(stream)).Message);
            Assert.True(stream.IsDisposed);
        }
    }

    [Fact]
    public void A_device_that_fails_while_writing_is_the_devices_error()
    {
        int size = Write(s_records).Length;
        for (int failsAfter = 0; failsAfter < size; failsAfter++)
        {
            FailingStream stream = new(failsAfter);
            Assert.Throws<IOException>(() => WriteTo(stream, s_records));
            Assert.True(stream.IsDisposed);
        }
    }

    internal static byte[] Write(byte[][] records)
    {
        MemoryStream stream = new();
        WriteTo(stream, records);
        return stream.ToArray();
    }

    private static void WriteTo(Stream stream, byte[][] records)
    {
        using TFRecordWriter writer = new(stream);
        foreach (byte[] record in records)
        {
            writer.Write(record);
        }
    }

    private static List<byte[]> ReadAll(Stream stream, bool ignoreCrc = false)
    {
        using TFRecordReader reader = new(stream, Name) { IgnoreCrc = ignoreCrc };
        List<byte[]> records = [];
        while (reader.Read())
        {
            records.Add(reader.Record.ToArray());
        }

        return records;
    }
}
