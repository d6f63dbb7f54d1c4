using CsCheck;
using Imaging;
using Imaging.Colors;
using Imaging.Decoding;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Imaging;

public sealed class DamagedPictureTests
{
    private static readonly byte[][] s_pictures =
    [
        .. Directory.EnumerateFiles(Golden.Path("pictures"))
            .Where(f => Path.GetExtension(f) is not (".json" or ".npz"))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes),
    ];

    [Fact]
    public void A_picture_with_bytes_changed_decodes_or_is_an_error_that_names_it() =>
        Gen.Select(Gen.OneOf([.. s_pictures.Select(Gen.Const)]), Gen.Select(Gen.Int[0, 4000], Gen.Byte).Array[1, 6]).Sample(
            (picture, changes) =>
            {
                byte[] damaged = [.. picture];
                foreach ((int at, byte value) in changes)
                {
                    damaged[at % damaged.Length] = value;
                }

                AssertDecodesOrNames(damaged);
            },
            iter: 2000);

    [Fact]
    public void Bytes_that_only_begin_like_a_picture_are_an_error_that_names_them() =>
        Gen.Select(Gen.OneOf([.. s_pictures.Select(Gen.Const)]), Gen.Int[2, 40], Gen.Byte.Array[0, 200]).Sample(
            (picture, kept, rest) => AssertDecodesOrNames([.. picture.Take(kept), .. rest]),
            iter: 1000);

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("hello", "neither PNG, JPEG, WebP, BMP, TIFF nor PNM")]
    [InlineData("<html></html>", "neither PNG, JPEG, WebP, BMP, TIFF nor PNM")]
    public void What_is_not_a_picture_is_said_to_be_none(string content, string reason)
    {
        byte[] file = System.Text.Encoding.UTF8.GetBytes(content);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ImageDecoder.Decode(file, "a.png"));
        Assert.Equal($"a.png: not a picture ({reason}); remove it", error.Message);
    }

    [Fact]
    public void A_picture_that_claims_to_be_huge_is_refused_before_memory_is_set_aside()
    {
        byte[] side = BitConverter.GetBytes(60000);
        byte[] header = [.. "BM"u8, .. new byte[8], 54, 0, 0, 0, 40, 0, 0, 0, .. side, .. side, 1, 0, 24, 0, .. new byte[24]];
        Assert.Equal(
            "huge.bmp: 60000 x 60000 pixels, more than 178956970; make it smaller, or allow more with --max-pixels",
            RefusalWithoutMemory(header, "huge.bmp"));
    }

    [Fact]
    public void A_PNG_too_short_for_its_size_is_refused_before_memory_is_set_aside()
    {
        byte[] file = File.ReadAllBytes(Golden.Path("pictures", "rgb.png"));
        (file[18], file[22]) = (40, 40);
        Assert.EndsWith("get a whole copy of it or remove it", RefusalWithoutMemory(file, "long.png"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rgb.png")]
    [InlineData("rgb.jpg")]
    [InlineData("lossy.webp")]
    [InlineData("rgb.bmp")]
    [InlineData("rgb-None.tif")]
    [InlineData("turned6.tif")]
    [InlineData("ppm.ppm")]
    public void The_most_pixels_of_a_picture_are_a_setting(string name)
    {
        string file = Golden.Path("pictures", name);
        PictureHeader header = ImageDecoder.ReadHeader(file);
        int pixels = header.Width * header.Height;
        ImageDecoder.Decode(file, new DecodingOptions { MaxPixels = pixels }).Dispose();
        DecodingOptions fewer = new() { MaxPixels = pixels - 1 };
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ImageDecoder.Decode(file, fewer));
        Assert.Contains("--max-pixels", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => ImageDecoder.ReadHeader(file, fewer));
    }

    private static string RefusalWithoutMemory(byte[] file, string name)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ImageDecoder.Decode(file, name));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        return error.Message;
    }

    private static void AssertDecodesOrNames(byte[] file)
    {
        try
        {
            using Picture picture = ImageDecoder.Decode(file, "a.png", new DecodingOptions { Conversion = ColorConversion.Rgb });
            Assert.Equal(3, picture.Channels);
        }
        catch (InvalidDataException error)
        {
            Assert.StartsWith("a.png: ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }
}
