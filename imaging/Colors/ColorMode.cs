namespace Imaging.Colors;

/// <summary>The colours that a picture's file holds, under PIL's name.</summary>
public sealed class ColorMode
{
    private ColorMode(string name, string description) => (Name, Description) = (name, description);

    /// <summary>PIL's mode; <c>RGB;16</c> where PIL calls 16-bit colour <c>RGB</c> and drops the lower bits.</summary>
    public string Name { get; }

    /// <summary>The channels of the picture as it is: 1 (8-bit gray) or 3 (8-bit RGB); 0 where it must be converted first.</summary>
    public int Channels => this == Gray ? 1 : this == Rgb ? 3 : 0;

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

    /// <summary>What to call it in an error.</summary>
    internal string Description { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
