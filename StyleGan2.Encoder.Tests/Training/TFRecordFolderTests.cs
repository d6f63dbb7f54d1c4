using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Records;
using Training.Datasets;

namespace StyleGan2.Encoder.Tests.Training;

public sealed class TFRecordFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Levels_come_largest_first_whatever_their_names()
    {
        Write("b.tfrecords", 4);
        Write("a.tfrecords", 8);
        Write("c-r04.tfrecords", 16);
        Write(".hidden.tfrecords", 32);
        Write("other.records", 32);
        Assert.Equal([(4, "c-r04.tfrecords"), (3, "a.tfrecords"), (2, "b.tfrecords")], Levels());
    }

    [Fact]
    public void Parts_are_in_the_order_of_their_numbers()
    {
        Write("set-9.tfrecords", 4);
        Write("set-10.tfrecords", 4);
        Write("set-8.tfrecords", 4);
        Assert.Equal([(2, "set-8.tfrecords and set-9.tfrecords and set-10.tfrecords")], Levels());
    }

    [Fact]
    public void A_file_whose_first_record_is_damaged_belongs_to_the_level_in_its_name()
    {
        _folder.Write("set-r05.tfrecords", [1, 2, 3]);
        Write("set-r04.tfrecords", 16);
        Assert.Equal([(5, "set-r05.tfrecords"), (4, "set-r04.tfrecords")], Levels());
    }

    [Fact]
    public void A_name_that_says_otherwise_than_the_images_does_not_count()
    {
        Write("set-r09.tfrecords", 16);
        Assert.Equal([(4, "set-r09.tfrecords")], Levels());
    }

    [Theory]
    [InlineData("set-0.tfrecords", "set-2.tfrecords")]
    [InlineData("set-00001-of-00002.tfrecords")]
    [InlineData("set-00000-of-00001.tfrecords", "set-00000-of-00002.tfrecords")]
    [InlineData("set-00000-of-00002.tfrecords", "set-00001-of-00002.tfrecords", "set-00002-of-00002.tfrecords")]
    [InlineData("set-00000-of-00002.tfrecords", "set-00001-of-00002.tfrecords", "set-1-of-00002.tfrecords")]
    [InlineData("set-0.tfrecords", "set.tfrecords")]
    [InlineData("set-0.tfrecords", "other-1.tfrecords")]
    [InlineData("train.tfrecords", "test.tfrecords")]
    [InlineData("set-99999999999999999999-of-00002.tfrecords", "set-00001-of-00002.tfrecords")]
    public void Files_of_a_level_that_are_not_all_parts_of_one_dataset_are_an_error(params string[] names)
    {
        Array.ForEach(names, n => Write(n, 4));
        Assert.StartsWith(
            _folder.Path, Assert.Throws<InvalidDataException>(() => TFRecordFolder.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_listed_in_ordinal_order()
    {
        Write("set.tfrecords", 4);
        _folder.Write("b.labels", []);
        _folder.Write("B.labels", []);
        _folder.Write(".a.labels", []);
        Assert.Equal(["B.labels", "b.labels"], TFRecordFolder.Open(_folder.Path).LabelFiles.Select(Path.GetFileName));
    }

    private void Write(string name, int size) => _folder.Write(name, ImageRecords.File(1, new ImageShape(3, size, size)));

    private IEnumerable<(int Log2, string Name)> Levels() => TFRecordFolder.Open(_folder.Path).Levels.Select(l => (l.Log2, l.Name));
}
