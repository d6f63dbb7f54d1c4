using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Records;

namespace StyleGan2.Encoder.Tests.Fuzzing;

/// <summary>
/// Changed examples and TFRecord files, the same in every run: each is read, or refused with its place, whether or not checksums are looked
/// at.
/// </summary>
public sealed class MutatedRecordsTests
{
    private const int Count = 20_000;

    [Fact]
    public void Changed_examples_are_images_of_their_shape_or_refused_with_their_place() =>
        AssertReadOrRefused("example/gray-4x4", file => RequireWhole(ImageExample.Parse(file, new RecordLocation("bad", 0))));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Changed_record_files_are_read_or_refused_with_their_place(bool ignoreCrc) =>
        AssertReadOrRefused("tfrecords/gray-4x4.tfrecords", file =>
        {
            using TFRecordReader reader = new(new MemoryStream(file), "bad") { IgnoreCrc = ignoreCrc };
            while (reader.Read())
            {
                RequireWhole(ImageExample.Parse(reader.Record, reader.Location));
            }
        });

    private static void RequireWhole(ImageExample image) => Assert.Equal(image.Shape.Size, image.Data.Length);

    private static void AssertReadOrRefused(string sample, Action<byte[]> read)
    {
        Mutations mutations = new(File.ReadAllBytes(Golden.Path("fuzz", sample)));
        int refused = 0;
        for (int i = 0; i < Count; i++)
        {
            byte[] file = mutations.Next();
            try
            {
                read(file);
            }
            catch (RecordException e)
            {
                Assert.StartsWith("bad, byte ", e.Message, StringComparison.Ordinal);
                Assert.InRange(e.Location.Offset, 0, file.Length);
                refused++;
            }
        }

        Assert.InRange(refused, Count / 10, Count);
    }
}
