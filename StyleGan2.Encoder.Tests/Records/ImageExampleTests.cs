using System.Buffers;
using CsCheck;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Records;

public sealed class ImageExampleTests
{
    private static readonly RecordLocation s_location = new("some.tfrecords", 100);
    private static readonly byte[] s_pixels = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21];
    private static readonly ImageShape s_shape = new(3, 2, 2);

    public static TheoryData<string> RecordedFiles =>
    [
        .. Directory.GetFiles(Golden.Path("dataset"), "*.tfrecords", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Golden.Folder, f)).Order(),
    ];

    [Theory]
    [MemberData(nameof(RecordedFiles))]
    public void A_recorded_file_is_written_again_byte_for_byte(string file)
    {
        MemoryStream written = new();
        using TFRecordWriter writer = new(written);
        using TFRecordReader reader = TFRecordReader.Open(Golden.Path(file));
        ArrayBufferWriter<byte> buffer = new();
        while (reader.Read())
        {
            ImageExample image = ImageExample.Parse(reader.Record, reader.Location);
            buffer.ResetWrittenCount();
            ExampleWriter.Write(buffer, image.Data, image.Shape);
            writer.Write(buffer.WrittenSpan);
        }

        Assert.Equal(File.ReadAllBytes(Golden.Path(file)), written.ToArray());
    }

    [Fact]
    public void The_other_key_order_swaps_the_two_features()
    {
        byte[] record = Encode(s_pixels, s_shape, ExampleKeyOrder.ShapeData);
        byte[] expected = [.. Field(1, [.. Field(1, s_shapeEntry), .. Field(1, s_dataEntry)])];
        Assert.Equal(expected, record);
        AssertImage(record);
    }

    [Fact]
    public void Any_image_comes_back_in_either_order() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 40], Gen.Int[1, 200], Gen.Bool).Sample(
            (channels, height, width, dataFirst) =>
            {
                byte[] pixels = new byte[channels * height * width];
                new System.Random(height).NextBytes(pixels);
                ImageShape shape = new(channels, height, width);
                byte[] record = Encode(pixels, shape, dataFirst ? ExampleKeyOrder.DataShape : ExampleKeyOrder.ShapeData);
                ImageExample image = ImageExample.Parse(record, s_location);
                Assert.Equal(shape, image.Shape);
                Assert.True(image.Data.SequenceEqual(pixels));
            },
            iter: 100);

    [Fact]
    public void Writing_pixels_that_do_not_fill_the_shape_is_an_error() =>
        Assert.Throws<ArgumentException>(() => Encode(s_pixels, new ImageShape(3, 2, 3), ExampleKeyOrder.DataShape));

    [Fact]
    public void Integers_may_be_unpacked() =>
        AssertImage(Field(1, [.. Field(1, s_dataEntry), .. Field(1, Entry("shape", Field(3, [8, 3, 8, 2, 8, 2])))]));

    [Fact]
    public void Integers_may_be_packed_in_parts_and_in_more_bytes_than_needed() =>
        AssertImage(
            Field(
                1,
                [.. Field(1, s_dataEntry), .. Field(1, Entry("shape", Field(3, [.. Field(1, [0x83, 0x80, 0]), 8, 2, .. Field(1, [2])])))]));

    [Fact]
    public void Integers_may_have_ten_bytes_and_not_more()
    {
        byte[] padded = [0x83, .. Enumerable.Repeat((byte)0x80, 8), 0];
        AssertImage(Field(1, [.. Field(1, s_dataEntry), .. Field(1, Entry("shape", Field(3, Field(1, [.. padded, 2, 2]))))]));
        byte[] longer = [0x83, .. Enumerable.Repeat((byte)0x80, 9), 0];
        AssertError(
            "more than ten bytes",
            Field(1, [.. Field(1, s_dataEntry), .. Field(1, Entry("shape", Field(3, Field(1, [.. longer, 2, 2]))))]));
    }

    [Fact]
    public void A_key_may_come_after_its_value() =>
        AssertImage(
            Field(
                1, [.. Field(1, [.. Field(2, Field(1, Field(1, s_pixels))), .. Field(1, "data"u8.ToArray())]), .. Field(1, s_shapeEntry)]));

    [Fact]
    public void Features_given_in_two_messages_are_merged() =>
        AssertImage([.. Field(1, Field(1, s_dataEntry)), .. Field(1, Field(1, s_shapeEntry))]);

    [Fact]
    public void Of_a_repeated_key_the_last_entry_counts() =>
        AssertImage(
            Field(1, [.. Field(1, Entry("data", Field(1, Field(1, [9, 9])))), .. Field(1, s_dataEntry), .. Field(1, s_shapeEntry)]));

    [Fact]
    public void A_list_of_another_kind_replaces_the_one_before() =>
        AssertImage(
            Field(
                1, [.. Field(1, Entry("data", [.. Field(3, Field(1, [9])), .. Field(1, Field(1, s_pixels))])), .. Field(1, s_shapeEntry)]));

    [Fact]
    public void Unknown_fields_and_features_are_passed_over()
    {
        byte[] varint = [(90 << 3) & 0x7f | 0x80, 5, 77];
        byte[] fixed64 = [(10 << 3) | 1, 1, 2, 3, 4, 5, 6, 7, 8], fixed32 = [(10 << 3) | 5, 1, 2, 3, 4];
        byte[] unknown = [.. Field(99, [1, 2, 3]), .. varint, .. fixed64, .. fixed32];
        byte[] group = [(11 << 3) | 3, (12 << 3) | 3, 8, 1, (12 << 3) | 4, .. Field(3, [7]), (11 << 3) | 4];
        byte[] label = Field(1, Entry("label", Field(2, Field(1, [0, 0, 128, 63]))));
        byte[] data = Field(1, [.. unknown, .. s_dataEntry]), shape = Field(1, [.. s_shapeEntry, .. group]);
        AssertImage([.. unknown, .. Field(1, [.. group, .. label, .. data, .. shape]), .. group]);
    }

    [Fact]
    public void A_record_that_is_no_image_says_why()
    {
        AssertError("data is missing", []);
        AssertError("shape is missing", Field(1, Field(1, s_dataEntry)));
        AssertError(
            "data is 2 byte strings",
            Field(1, [.. Field(1, Entry("data", Field(1, [.. Field(1, [1]), .. Field(1, [2])]))), .. Field(1, s_shapeEntry)]));
        AssertError("data is 1 integers", Field(1, [.. Field(1, Entry("data", Field(3, Field(1, [1])))), .. Field(1, s_shapeEntry)]));
        AssertError(
            "shape is 4 integers", Field(1, [.. Field(1, s_dataEntry), .. Field(1, Entry("shape", Field(3, Field(1, [1, 3, 2, 2]))))]));
        AssertError(
            "[3, 2, 3] does not have 12 bytes",
            Field(1, [.. Field(1, s_dataEntry), .. Field(1, Entry("shape", Field(3, Field(1, [3, 2, 3]))))]));
        AssertError(
            "[5, 2, 1] does not have 12 bytes",
            Field(1, [.. Field(1, s_dataEntry), .. Field(1, Entry("shape", Field(3, Field(1, [5, 2, 1]))))]));
        AssertError(
            "[1, 5, 2] does not have 12 bytes",
            Field(1, [.. Field(1, s_dataEntry), .. Field(1, Entry("shape", Field(3, Field(1, [1, 5, 2]))))]));
        AssertError(
            "[0, 2, 2] does not have 0 bytes",
            Field(1, [.. Field(1, Entry("data", Field(1, Field(1, [])))), .. Field(1, Entry("shape", Field(3, Field(1, [0, 2, 2]))))]));
    }

    [Fact]
    public void A_shape_whose_product_overflows_is_an_error()
    {
        byte[] huge = [0x80, 0x80, 0x80, 0x80, 0x10];
        byte[] data = Entry("data", Field(1, Field(1, []))), shape = Entry("shape", Field(3, Field(1, [.. huge, .. huge, 1])));
        AssertError("does not have 0 bytes", Field(1, [.. Field(1, data), .. Field(1, shape)]));
    }

    [Fact]
    public void Errors_tell_the_byte_of_the_field()
    {
        byte[] record = Encode(s_pixels, s_shape, ExampleKeyOrder.DataShape);
        int shapeKey = record.AsSpan().IndexOf("shape"u8);
        record[shapeKey - 1] = 120;
        RecordException error = Assert.Throws<RecordException>(() => Parse(record));
        Assert.Equal(s_location.Offset + shapeKey - 2, error.Location.Offset);
        Assert.Contains("some.tfrecords, byte 13", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_cut_off_anywhere_is_an_error()
    {
        byte[] record = Encode(s_pixels, s_shape, ExampleKeyOrder.DataShape);
        for (int length = 0; length < record.Length; length++)
        {
            Assert.Throws<RecordException>(() => Parse(record[..length]));
        }
    }

    [Fact]
    public void A_flipped_bit_is_an_error_or_gives_an_image_of_its_shape()
    {
        byte[] record = Encode(s_pixels, s_shape, ExampleKeyOrder.DataShape);
        for (int bit = 0; bit < record.Length * 8; bit++)
        {
            byte[] damaged = (byte[])record.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertErrorOrImage(damaged);
        }
    }

    [Fact]
    public void Any_bytes_are_an_error_or_an_image_of_its_shape() => Gen.Byte.Array[0, 60].Sample(AssertErrorOrImage, iter: 20_000);

    [Fact]
    public void Groups_nested_without_end_are_an_error() =>
        Assert.Throws<RecordException>(() => Parse([.. Enumerable.Repeat((byte)((5 << 3) | 3), 100_000)]));

    [Fact]
    public void Parsing_allocates_nothing()
    {
        byte[] record = Encode(s_pixels, s_shape, ExampleKeyOrder.DataShape);
        Parse(record);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Parse(record);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static readonly byte[] s_dataEntry = Entry("data", Field(1, Field(1, s_pixels)));
    private static readonly byte[] s_shapeEntry = Entry("shape", Field(3, Field(1, [3, 2, 2])));

    private static byte[] Encode(byte[] pixels, ImageShape shape, ExampleKeyOrder order)
    {
        ArrayBufferWriter<byte> buffer = new();
        ExampleWriter.Write(buffer, pixels, shape, order);
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Entry(string key, byte[] feature) => [.. Field(1, System.Text.Encoding.UTF8.GetBytes(key)), .. Field(2, feature)];

    /// <summary>A length-delimited field of up to 127 bytes.</summary>
    private static byte[] Field(int number, byte[] value)
    {
        Assert.InRange(value.Length, 0, 127);
        byte[] tag = number < 16 ? [(byte)((number << 3) | 2)] : [(byte)(((number << 3) & 0x7f) | 0x82), (byte)(number >> 4)];
        return [.. tag, (byte)value.Length, .. value];
    }

    private static void Parse(byte[] record) => ImageExample.Parse(record, s_location);

    private static void AssertImage(byte[] record)
    {
        ImageExample image = ImageExample.Parse(record, s_location);
        Assert.Equal(s_shape, image.Shape);
        Assert.Equal(s_pixels, image.Data.ToArray());
    }

    private static void AssertError(string expected, byte[] record) =>
        Assert.Contains(expected, Assert.Throws<RecordException>(() => Parse(record)).Message, StringComparison.Ordinal);

    private static void AssertErrorOrImage(byte[] record)
    {
        try
        {
            ImageExample image = ImageExample.Parse(record, s_location);
            Assert.Equal(image.Shape.Size, image.Data.Length);
        }
        catch (RecordException error)
        {
            Assert.StartsWith("some.tfrecords, byte 1", error.Message, StringComparison.Ordinal);
        }
    }
}
