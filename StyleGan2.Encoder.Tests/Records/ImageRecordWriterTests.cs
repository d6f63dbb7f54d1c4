using CsCheck;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Records;

public sealed class ImageRecordWriterTests
{
    [Fact]
    public void Records_are_those_of_the_example_writer() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Enum<ExampleKeyOrder>()).Sample((channels, height, width, order) =>
        {
            ImageShape shape = new(channels, height, width);
            using MemoryStream stream = new();
            using (ImageRecordWriter writer = new(stream, shape, order))
            {
                writer.Write(ImageRecords.Pixels(0, shape));
                writer.Write(ImageRecords.Pixels(1, shape));
            }

            Assert.Equal(ImageRecords.File(ImageRecords.Record(0, shape, order), ImageRecords.Record(1, shape, order)), stream.ToArray());
        });

    [Fact]
    public void Pixels_of_another_shape_are_refused_and_nothing_is_written()
    {
        using MemoryStream stream = new();
        using ImageRecordWriter writer = new(stream, new ImageShape(3, 4, 4));
        Assert.Throws<ArgumentException>(() => writer.Write(new byte[47]));
        Assert.Equal(0, stream.Length);
    }
}
