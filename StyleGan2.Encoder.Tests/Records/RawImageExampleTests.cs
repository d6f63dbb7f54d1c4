using System.Buffers;
using CsCheck;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Records;

/// <summary>Records that hold a picture file instead of pixels.</summary>
public sealed class RawImageExampleTests
{
    private static readonly RecordLocation s_location = new("some.tfrecords", 12);

    [Fact]
    public void The_picture_file_and_the_shape_beside_it_are_read()
    {
        using TFRecordReader reader = TFRecordReader.Open(Golden.Path("cases", "raw-records", "raw-r04.tfrecords"));
        while (reader.Read())
        {
            ImageExample image = ImageExample.ParseAny(reader.Record, reader.Location);
            Assert.True(image.IsEncoded);
            Assert.Equal(new ImageShape(3, 16, 16), image.Shape);
            Assert.True(image.Data.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG"u8]));
            Assert.True(image.Data.EndsWith((ReadOnlySpan<byte>)[.. "IEND"u8, 0xae, 0x42, 0x60, 0x82]));
        }
    }

    [Fact]
    public void Pixels_are_read_as_such()
    {
        ArrayBufferWriter<byte> record = new();
        ExampleWriter.Write(record, new byte[12], new ImageShape(3, 2, 2));
        ImageExample image = ImageExample.ParseAny(record.WrittenSpan, s_location);
        Assert.False(image.IsEncoded);
        Assert.Equal(new ImageShape(3, 2, 2), image.Shape);
    }

    [Fact]
    public void A_changed_byte_is_an_error_or_another_picture_file()
    {
        using TFRecordReader reader = TFRecordReader.Open(Golden.Path("cases", "raw-records", "raw-r04.tfrecords"));
        Assert.True(reader.Read());
        byte[] record = reader.Record.ToArray();
        Gen.Select(Gen.Int[0, record.Length - 1], Gen.Byte).Sample(
            (index, value) =>
            {
                byte[] changed = (byte[])record.Clone();
                changed[index] = value;
                try
                {
                    ImageExample image = ImageExample.ParseAny(changed, s_location);
                    Assert.InRange(image.Data.Length, 0, record.Length);
                }
                catch (RecordException error)
                {
                    Assert.StartsWith("some.tfrecords, byte ", error.Message, StringComparison.Ordinal);
                }
            },
            iter: 2000);
    }
}
