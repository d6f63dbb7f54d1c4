using System.Security.Cryptography;
using System.Text.Json;
using DatasetTool.Creation;
using DatasetTool.Export;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Export;

public sealed class CreateFromImagesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rgb_png_4", false)]
    [InlineData("rgb_png_32", true)]
    [InlineData("gray_png_16", false)]
    [InlineData("rgb_jpeg_64", false)]
    [InlineData("rgb_mixed_8", false)]
    public void The_recorded_datasets_come_out_byte_for_byte(string name, bool shuffle)
    {
        string expected = Golden.Path("dataset", name, "tfrecords");
        foreach (int workers in new[] { 1, 5 })
        {
            string target = Path.Combine(_folder.Path, $"{workers}", "tfrecords");
            Create(target, Golden.Path("dataset", name, "images"), shuffle, workers);
            IEnumerable<string> names = Directory.EnumerateFiles(expected, "*.tfrecords").Select(f => Path.GetFileName(f));
            string[] files = [.. names.Order(StringComparer.Ordinal)];
            Assert.Equal(files, Names(target));
            Assert.All(
                files,
                file => Assert.Equal(File.ReadAllBytes(Path.Combine(expected, file)), File.ReadAllBytes(Path.Combine(target, file))));
        }
    }

    [Fact]
    public void A_JPEG_of_256_pixels_comes_out_with_the_recorded_sums()
    {
        string target = Path.Combine(_folder.Path, "tfrecords");
        Create(target, Golden.Path("dataset", "one_jpeg_256", "images"), shuffle: false, workers: 1);
        foreach (JsonProperty file in Golden.Json("dataset", "sums.json").GetProperty("one_jpeg_256").EnumerateObject())
        {
            Assert.Equal(
                file.Value.GetString(), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(target, file.Name)))));
        }
    }

    [Fact]
    public void Files_are_taken_in_the_order_of_their_code_points_and_hidden_ones_not_at_all()
    {
        string[] inOrder = ["10.png", "9.png", "Z.png", "a.png", "b.png", "é.png", "\uFFFD.png", "\U0001F600.png"];
        foreach (string name in inOrder.Reverse().Append(".hidden.png"))
        {
            File.WriteAllBytes(Path.Combine(_folder.Path, name), []);
        }

        Directory.CreateDirectory(Path.Combine(_folder.Path, "folder.png"));
        Assert.Equal(inOrder, DatasetTool.Sources.ImageFiles.NamesIn(_folder.Path));
    }

    private static void Create(string target, string images, bool shuffle, int workers)
    {
        CreateFromImagesOptions options = new() { Shuffle = shuffle, Export = new ExporterOptions { Workers = workers } };
        Assert.Equal(
            Directory.GetFiles(images).Length, CreateFromImages.Run(target, images, options, TestContext.Current.CancellationToken));
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
}
