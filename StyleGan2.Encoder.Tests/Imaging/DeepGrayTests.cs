using Imaging;
using Imaging.Colors;
using Imaging.Decoding;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Imaging;

/// <summary>16-bit gray.</summary>
public sealed class DeepGrayTests
{
    private static readonly DecodingOptions s_scaled = new() { Depth = DepthConversion.Scale };

    [Fact]
    public void Every_level_of_a_PNG_is_divided_by_257_and_rounded()
    {
        using Picture picture = ImageDecoder.Decode(AllLevels(), "a.png", s_scaled);
        Assert.Equal(Enumerable.Range(0, 65536).Select(v => (byte)Math.Round(v / 257.0)), picture.Pixels.ToArray());
        Assert.Equal(1, picture.Channels);
    }

    [Fact]
    public void Scaled_and_converted_pictures_are_gray_in_RGB()
    {
        using Picture gray = ImageDecoder.Decode(Golden.Path("pictures", "gray.png"));
        DecodingOptions converted = s_scaled with { Conversion = ColorConversion.Rgb };
        using Picture picture = ImageDecoder.Decode(Golden.Path("pictures", "gray16.png"), converted);
        Assert.Equal([.. gray.Pixels, .. gray.Pixels, .. gray.Pixels], picture.Pixels.ToArray());
    }

    [Theory]
    [InlineData("tif16.tif")]
    [InlineData("tif16lzw.tif")]
    public void A_TIFF_is_scaled_as_a_PNG_is(string name)
    {
        using Picture gray = ImageDecoder.Decode(Golden.Path("pictures", "gray-None.tif"));
        using Picture picture = ImageDecoder.Decode(Golden.Path("pictures", name), s_scaled);
        Assert.Equal(gray.Pixels.ToArray().Select(v => (byte)Math.Round(3 * v / 257.0)), picture.Pixels.ToArray());
    }

    [Fact]
    public void Clipping_is_said_once_with_the_first_picture()
    {
        List<string> said = [];
        DecodingOptions clipped = new() { Conversion = ColorConversion.Rgb, Notes = new DecodingNotes(said.Add) };
        ImageDecoder.Decode(AllLevels(), "first.png", clipped).Dispose();
        ImageDecoder.Decode(AllLevels(), "second.png", clipped).Dispose();
        Assert.StartsWith("Warning: first.png has 16 bits and is clipped at 255", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_where_nothing_is_clipped()
    {
        List<string> said = [];
        DecodingOptions options = new() { Conversion = ColorConversion.Rgb, Notes = new DecodingNotes(said.Add) };
        ImageDecoder.Decode(Png(v => (ushort)(v % 256)), "dark.png", options).Dispose();
        ImageDecoder.Decode(AllLevels(), "scaled.png", options with { Depth = DepthConversion.Scale }).Dispose();
        Assert.Empty(said);
    }

    private static byte[] AllLevels() => Png(v => (ushort)v);

    private static byte[] Png(Func<int, ushort> level)
    {
        L16[] pixels = [.. Enumerable.Range(0, 65536).Select(v => new L16(level(v)))];
        using Image<L16> image = Image.LoadPixelData<L16>(pixels, 256, 256);
        using MemoryStream file = new();
        image.SaveAsPng(file);
        return file.ToArray();
    }
}
