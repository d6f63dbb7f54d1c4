using Imaging.Decoding;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Gif;
using SixLabors.ImageSharp.Formats.Tga;
using SixLabors.ImageSharp.PixelFormats;

namespace StyleGan2.Encoder.Tests.Imaging;

/// <summary>Pictures of formats that are not read are called what they are.</summary>
public sealed class UnreadPictureTests
{
    public static TheoryData<string, byte[]> Beginnings => new()
    {
        { "a JPEG 2000 picture", [0, 0, 0, 12, .. "jP  \r\n"u8, 0x87, 0x0a] },
        { "a JPEG 2000 picture", [0xff, 0x4f, 0xff, 0x51, 0, 41] },
        { "a JPEG XL picture", [0xff, 0x0a, 0xfa] },
        { "a HEIC picture", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0] },
        { "an AVIF picture", [0, 0, 0, 32, .. "ftypavif"u8, 0, 0, 0, 0] },
        { "a Windows icon", [0, 0, 1, 0, 1, 0, 16, 16] },
        { "a Photoshop picture", [.. "8BPS"u8, 0, 1] },
        { "an SVG drawing", [.. "<svg xmlns='http://www.w3.org/2000/svg'/>"u8] },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public void A_beginning_tells_the_format(string name, byte[] file) => AssertNamed(name, file);

    [Fact]
    public void A_GIF_is_named() => AssertNamed("a GIF picture", Written(new GifEncoder()));

    [Theory]
    [InlineData(TgaCompression.None)]
    [InlineData(TgaCompression.RunLength)]
    public void A_TGA_is_named(TgaCompression compression) =>
        AssertNamed("a TGA picture", Written(new TgaEncoder { Compression = compression }));

    private static void AssertNamed(string name, byte[] file)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => ImageDecoder.Decode(file, "pics/a.x"));
        Assert.Equal(
            $"pics/a.x: {name}, which is not read; save it as PNG (with ImageMagick: magick \"pics/a.x[0]\" \"pics/a.png\")",
            error.Message);
    }

    private static byte[] Written(IImageEncoder encoder)
    {
        using Image<Rgb24> image = new(5, 3);
        using MemoryStream file = new();
        image.Save(file, encoder);
        return file.ToArray();
    }
}
