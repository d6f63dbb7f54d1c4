using System.Text.Json;
using Imaging;
using Imaging.Colors;
using Imaging.Decoding;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Imaging;

public sealed class PictureHeaderTests
{
    private static readonly DecodingOptions s_rgb = new() { Conversion = ColorConversion.Rgb };

    [Fact]
    public void A_header_has_the_mode_that_PIL_names_and_the_size_of_the_decoded_picture()
    {
        using FileStream file = File.OpenRead(Golden.Path("pictures", "modes.json"));
        Dictionary<string, string> modes = JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
        int count = 0;
        foreach ((string name, string mode) in modes.Where(m => m.Value != "error"))
        {
            string path = Golden.Path("pictures", name);
            PictureHeader? header = Read(() => ImageDecoder.ReadHeader(path, s_rgb));
            using Picture? picture = Read(() => ImageDecoder.Decode(path, s_rgb));
            if (header is not null && picture is not null)
            {
                Assert.Equal((mode, picture.Width, picture.Height), (header.Mode.Name, header.Width, header.Height));
                count++;
            }
        }

        Assert.InRange(count, 130, int.MaxValue);
    }

    [Fact]
    public void A_picture_that_must_be_converted_is_refused_by_its_header() =>
        Assert.Throws<InvalidDataException>(() => ImageDecoder.ReadHeader(Golden.Path("pictures", "rgba.png")));

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(32)]
    [InlineData('#')]
    public void Pixels_of_a_binary_PNM_may_look_like_white_space_and_comments(byte first)
    {
        byte[] pixels = [first, 10, first];
        using Picture picture = ImageDecoder.Decode((byte[])[.. "P5\n3 1\n255\n"u8, .. pixels], "a.pgm");
        Assert.Equal(pixels, picture.Pixels.ToArray());
    }

    /// <summary>Null where the file is refused.</summary>
    private static T? Read<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
