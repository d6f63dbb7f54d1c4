using CsCheck;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Records;

public sealed class SkippedRecordTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Records_after_skipped_ones_are_read_where_they_are(bool seekable) =>
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Bool).Array[0, 8].Sample(
            records =>
            {
                byte[] file = ImageRecords.File(records.Select(r => r.Item1));
                using TFRecordReader reader = Open(file, seekable), everything = Open(file, seekable);
                foreach ((byte[] record, bool isSkipped) in records)
                {
                    Assert.True(everything.Read());
                    Assert.True(isSkipped ? reader.Skip() : reader.Read());
                    if (!isSkipped)
                    {
                        Assert.Equal(record, reader.Record.ToArray());
                        Assert.Equal(everything.Location, reader.Location);
                    }
                }

                Assert.False(reader.Skip());
                Assert.False(reader.Skip());
            },
            iter: 50);

    [Fact]
    public void A_file_cut_off_inside_a_record_that_is_skipped_is_an_error()
    {
        byte[] file = ImageRecords.File([1, 2, 3], [4, 5, 6, 7]);
        int first = 12 + 3 + 4;
        for (int length = first + 1; length < file.Length; length++)
        {
            using TFRecordReader reader = Open(file[..length], seekable: true);
            Assert.True(reader.Skip());
            Assert.Equal(first, Assert.Throws<RecordException>(() => reader.Skip()).Location.Offset);
            Assert.False(reader.CanReadOn);
        }
    }

    private static TFRecordReader Open(byte[] file, bool seekable) =>
        new(seekable ? new MemoryStream(file) : new TrickleStream(file, atATime: 3), "file");
}
