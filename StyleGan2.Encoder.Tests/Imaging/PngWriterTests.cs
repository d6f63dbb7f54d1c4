using CsCheck;
using Imaging;
using Imaging.Decoding;
using Imaging.Writing;

namespace StyleGan2.Encoder.Tests.Imaging;

public sealed class PngWriterTests
{
    [Fact]
    public void A_written_picture_decodes_to_the_same_pixels_and_stays_gray_or_RGB() =>
        Gen.Select(Gen.OneOf(Gen.Const(1), Gen.Const(3)), Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int).Sample((channels, height, width, seed) =>
        {
            byte[] pixels = new byte[channels * height * width];
            new System.Random(seed).NextBytes(pixels);
            using Picture picture = Picture.FromPixels(pixels, channels, height, width);
            using MemoryStream file = new();
            PngWriter.Write(picture, file);
            using Picture decoded = ImageDecoder.Decode(file.ToArray(), "a.png");
            Assert.Equal((channels, height, width), (decoded.Channels, decoded.Height, decoded.Width));
            Assert.True(decoded.Pixels.SequenceEqual(pixels));
        });

    [Fact]
    public void A_picture_that_was_disposed_says_so()
    {
        Picture picture = Picture.FromPixels(new byte[1], 1, 1, 1);
        picture.Dispose();
        Assert.Throws<ObjectDisposedException>(() => picture.Pixels.Length);
        Assert.Throws<ObjectDisposedException>(picture.ToImage);
    }
}
