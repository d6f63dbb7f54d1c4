namespace Imaging;

/// <summary>What a picture's file holds, under the name that PIL gives it.</summary>
/// <param name="Name">PIL's mode; <c>RGB;16</c> where PIL calls 16-bit colour <c>RGB</c> and drops the lower bits.</param>
/// <param name="Description">What to call it in an error.</param>
internal sealed record ColorMode(string Name, string Description)
{
    internal static ColorMode Bilevel { get; } = new("1", "a 1-bit picture");

    internal static ColorMode Gray { get; } = new("L", "a gray picture");

    internal static ColorMode GrayAlpha { get; } = new("LA", "a gray picture with alpha");

    internal static ColorMode Gray16 { get; } = new("I;16", "a 16-bit gray picture");

    internal static ColorMode Palette { get; } = new("P", "a palette picture");

    internal static ColorMode Rgb { get; } = new("RGB", "an RGB picture");

    internal static ColorMode Rgb16 { get; } = new("RGB;16", "a 16-bit RGB picture");

    internal static ColorMode Rgba { get; } = new("RGBA", "a picture with alpha");

    internal static ColorMode Rgba16 { get; } = new("RGBA;16", "a 16-bit picture with alpha");

    internal static ColorMode Cmyk { get; } = new("CMYK", "a CMYK picture");

    /// <summary>1 or 3 for what a dataset can hold as it is, 0 for what must be converted first.</summary>
    internal int Channels => this == Gray ? 1 : this == Rgb ? 3 : 0;
}
