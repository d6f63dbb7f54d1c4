using NumSharp;
using SkiaSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Numpy;
using Training;

namespace StyleGan2.Encoder.Tests.Training;

public sealed class MiscTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_saved_grid_is_the_references_pixel_by_pixel()
    {
        Misc.SaveImageGrid(Golden.Npy("dataset", "grid", "images.npy"), _folder.File("grid.png"), (-1, 1));
        AssertSamePicture(Golden.Path("dataset", "grid", "drange-1..1.png"), _folder.File("grid.png"));
    }

    [Fact]
    public void A_gray_grid_is_the_references_and_stays_gray()
    {
        NDArray images = Golden.Npy("dataset", "grid", "images.npy");
        Misc.SaveImageGrid(images[":, :1"], _folder.File("gray.png"), gridSize: (2, 3));
        AssertSamePicture(Golden.Path("dataset", "grid", "gray-0..1-grid-2x3.png"), _folder.File("gray.png"));
        using SKBitmap bitmap = SKBitmap.Decode(_folder.File("gray.png"));
        Assert.Equal(SKColorType.Gray8, bitmap.ColorType);
    }

    [Fact]
    public void Ranges_are_adjusted_to_the_references_bits()
    {
        NDArray adjusted = Golden.Npy("dataset", "grid", "adjusted-uint8.npy");
        Assert.Equal(
            adjusted.Values<float>(), Misc.AdjustDynamicRange(np.arange(256).astype(typeof(byte)), (0, 255), (-1, 1)).Values<float>());
    }

    [Fact]
    public void The_same_range_changes_nothing()
    {
        NDArray data = new[] { 1f, 2f }.ToNDArray(2);
        Assert.Same(data, Misc.AdjustDynamicRange(data, (0, 1), (0, 1)));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 2, 1)]
    [InlineData(5, 3, 2)]
    [InlineData(9, 3, 3)]
    public void A_grid_is_about_square(int count, int columns, int rows) =>
        Assert.Equal([3L, rows * 4, columns * 2], Misc.CreateImageGrid(np.zeros(new Shape(count, 3, 4, 2), typeof(float))).shape);

    [Fact]
    public void Places_without_an_image_are_empty()
    {
        NDArray grid = Misc.CreateImageGrid(new byte[] { 1, 2, 3 }.ToNDArray(3, 1, 1));
        Assert.Equal([1, 2, 3, 0], grid.Values<byte>());
    }

    [Fact]
    public void More_images_than_places_are_refused() =>
        Assert.Throws<ArgumentException>(() => Misc.CreateImageGrid(np.zeros(new Shape(5, 1, 1), typeof(float)), (2, 2)));

    [Fact]
    public void A_file_that_cannot_be_written_is_an_error_and_leaves_nothing()
    {
        Directory.CreateDirectory(_folder.File("grid.png"));
        Assert.ThrowsAny<Exception>(() => Misc.SaveImageGrid(np.zeros(new Shape(1, 1, 1), typeof(float)), _folder.File("grid.png")));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static void AssertSamePicture(string expected, string actual)
    {
        Assert.Equal(ColorTypeByte(expected), ColorTypeByte(actual));
        using SKBitmap e = SKBitmap.Decode(expected), a = SKBitmap.Decode(actual);
        Assert.Equal((e.Width, e.Height), (a.Width, a.Height));
        Assert.Equal(e.Pixels, a.Pixels);
    }

    /// <summary>What a PNG's header says its pixels are: 0 gray, 2 RGB, 6 RGB with alpha.</summary>
    private static byte ColorTypeByte(string png) => File.ReadAllBytes(png)[25];
}
