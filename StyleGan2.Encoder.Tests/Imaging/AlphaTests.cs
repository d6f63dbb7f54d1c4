using System.Security.Cryptography;
using Imaging;
using Imaging.Colors;
using Imaging.Decoding;
using StyleGan2.Encoder.Tests.Infrastructure;

namespace StyleGan2.Encoder.Tests.Imaging;

/// <summary>Pictures converted to RGBA.</summary>
public sealed class AlphaTests
{
    /// <summary>The hashes begin that of the alpha which Pillow 9.4's <c>convert('RGBA')</c> gives.</summary>
    [Theory]
    [InlineData("rgba.png", "74af875ec45c6d26")]
    [InlineData("gray-alpha.png", "74af875ec45c6d26")]
    [InlineData("palette-transparent.png", "52f405260a119a5e")]
    [InlineData("rgb-transparent.png", "d088eea33587ef59")]
    [InlineData("rgba.tif", "74af875ec45c6d26")]
    [InlineData("gray-alpha.tif", "74af875ec45c6d26")]
    [InlineData("rgba.webp", "74af875ec45c6d26")]
    [InlineData("rgba.bmp", "74af875ec45c6d26")]
    [InlineData("rgba16.png", "74af875ec45c6d26")]
    [InlineData("rgb.png", "06b871cb3b614fa6")]
    [InlineData("gray.png", "06b871cb3b614fa6")]
    public void Alpha_is_PILs_and_the_colours_stay(string name, string hash)
    {
        string file = Golden.Path("pictures", name);
        using Picture colors = ImageDecoder.Decode(file, new DecodingOptions { Conversion = ColorConversion.Rgb });
        using Picture all = ImageDecoder.Decode(file, new DecodingOptions { Conversion = ColorConversion.Rgba });
        int plane = all.Height * all.Width;
        Assert.Equal(colors.Pixels.ToArray(), all.Pixels[..(3 * plane)].ToArray());
        Assert.StartsWith(hash, Convert.ToHexStringLower(SHA256.HashData(all.Pixels[(3 * plane)..])), StringComparison.Ordinal);
    }
}
