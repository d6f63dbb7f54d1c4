using System.Security.Cryptography;
using Imaging;
using Imaging.Resizing;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Imaging;

public sealed class ResizingTests
{
    [Fact]
    public void Every_size_resizes_to_PILs_bytes()
    {
        using TemporaryFolder folder = new();
        System.Random random = new(5);
        List<string> arguments = [], sums = [];
        for (int i = 0; i < 200; i++)
        {
            (int width, int height) = (random.Next(1, 300), random.Next(1, 300));
            (int newWidth, int newHeight) = (i % 7 == 0 ? width : random.Next(1, 200), i % 5 == 0 ? height : random.Next(1, 200));
            byte[] pixels = Pixels(random, width * height, isExtreme: i % 2 == 0);
            arguments.Add($"{folder.Write($"{i}", pixels)}:{width}:{height}:{newWidth}:{newHeight}");
            using Picture picture = Picture.FromPixels(pixels, 1, height, width);
            using Picture resized = picture.Resize(newWidth, newHeight);
            sums.Add(Convert.ToHexStringLower(SHA256.HashData(resized.Pixels)));
        }

        string[] lines = SystemPython.Lines([Golden.Path("pictures", "resize_with_pil.py"), .. arguments]);
        Assert.SkipWhen(lines is ["no PIL"], "skipped is PIL beside it: needs apt-get install python3-pil");
        Assert.Equal(lines, sums);
    }

    /// <summary>Nothing but black and white makes the filter leave the range of 8 bits at every edge.</summary>
    [Theory]
    [InlineData(8, 5, 1)]
    [InlineData(8, 6, 1)]
    [InlineData(8, 8, 0)]
    [InlineData(9, 4, 2)]
    public void A_wide_picture_stands_in_the_middle_of_black_rows(int width, int height, int above)
    {
        byte[] pixels = [.. Enumerable.Range(1, width * height).Select(i => (byte)i)];
        using Picture picture = Picture.FromPixels(pixels, 1, height, width);
        using Picture square = picture.Letterbox();
        int below = width - height - above;
        Assert.Equal([.. new byte[above * width], .. pixels, .. new byte[below * width]], square.Pixels.ToArray());
    }

    private static byte[] Pixels(System.Random random, int count, bool isExtreme)
    {
        byte[] pixels = new byte[count];
        random.NextBytes(pixels);
        return isExtreme ? [.. pixels.Select(p => p < 128 ? byte.MinValue : byte.MaxValue)] : pixels;
    }
}
