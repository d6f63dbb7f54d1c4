using CsCheck;
using Imaging;
using Imaging.Decoding;
using Imaging.Decoding.Formats;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Imaging;

public sealed class ExifOrientationTests
{
    private static readonly DecodingOptions s_turned = new() { ExifOrientation = true };
    private static readonly IImageEncoder[] s_encoders = [new PngEncoder(), new JpegEncoder(), new WebpEncoder()];

    public static TheoryData<int, int> Cases => new(
        from encoder in Enumerable.Range(0, s_encoders.Length)
        from orientation in Enumerable.Range(1, 8)
        select (encoder, orientation));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_picture_is_turned_on_request(int encoder, int orientation)
    {
        byte[] file = Written(s_encoders[encoder], orientation);
        using Picture stored = ImageDecoder.Decode(file, "a"), turned = ImageDecoder.Decode(file, "a", s_turned);
        Assert.Equal((7, 4), (stored.Width, stored.Height));
        using Image image = stored.ToImage();
        image.Metadata.ExifProfile = Profile(orientation);
        image.Mutate(context => context.AutoOrient());
        using Image<Rgb24> expected = image.CloneAs<Rgb24>(), actual = turned.ToImage().CloneAs<Rgb24>();
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        Assert.Equal(Pixels(expected), Pixels(actual));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(6, 1)]
    public void Pictures_taken_as_stored_are_noted_once(int orientation, int expected)
    {
        List<string> said = [];
        DecodingOptions options = new() { Notes = new DecodingNotes(said.Add) };
        Array.ForEach(s_encoders, encoder => ImageDecoder.Decode(Written(encoder, orientation), "a.png", options).Dispose());
        Assert.Equal(expected, said.Count);
        Assert.All(said, line => Assert.StartsWith("Note: a.png has an EXIF orientation and is taken as", line, StringComparison.Ordinal));
        ImageDecoder.Decode(Written(s_encoders[0], orientation), "a.png", options with { ExifOrientation = true }).Dispose();
        Assert.Equal(expected, said.Count);
    }

    [Fact]
    public void A_header_has_the_size_of_the_picture_turned()
    {
        string file = Golden.Path("pictures", "turned.jpg");
        PictureHeader stored = ImageDecoder.ReadHeader(file), turned = ImageDecoder.ReadHeader(file, s_turned);
        Assert.Equal((6, stored.Height, stored.Width), (turned.ExifOrientation, turned.Width, turned.Height));
    }

    [Fact]
    public void A_TIFF_is_turned_once()
    {
        string file = Golden.Path("pictures", "turned6.tif");
        using Picture stored = ImageDecoder.Decode(file), turned = ImageDecoder.Decode(file, s_turned);
        Assert.True(stored.Pixels.SequenceEqual(turned.Pixels));
    }

    [Fact]
    public void A_damaged_block_is_no_error() =>
        Gen.Select(Gen.OneOf(Gen.Const("MM\0*\0\0\0\b"u8.ToArray()), Gen.Const("II*\0\b\0\0\0"u8.ToArray())), Gen.Byte.Array[0, 40]).Sample(
            (start, rest) => Assert.InRange(ExifBlock.Orientation([.. start, .. rest]), 1, 8));

    private static byte[] Pixels(Image<Rgb24> image)
    {
        byte[] pixels = new byte[3 * image.Width * image.Height];
        image.CopyPixelDataTo(pixels);
        return pixels;
    }

    private static byte[] Written(IImageEncoder encoder, int orientation)
    {
        using Image<Rgb24> image = new(7, 4);
        image.ProcessPixelRows(rows =>
        {
            for (int i = 0; i < 28; i++)
            {
                rows.GetRowSpan(i / 7)[i % 7] = new Rgb24((byte)(i * 9), (byte)(255 - (i * 7)), (byte)(i * i));
            }
        });
        image.Metadata.ExifProfile = Profile(orientation);
        using MemoryStream file = new();
        image.Save(file, encoder);
        return file.ToArray();
    }

    private static ExifProfile Profile(int orientation)
    {
        ExifProfile profile = new();
        profile.SetValue(ExifTag.Orientation, (ushort)orientation);
        return profile;
    }
}
