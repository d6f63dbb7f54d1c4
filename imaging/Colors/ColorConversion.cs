namespace Imaging.Colors;

/// <summary>What is done with pictures that are not 8-bit gray or RGB.</summary>
public enum ColorConversion
{
    /// <summary>They are refused.</summary>
    None,

    /// <summary>
    /// Every picture becomes RGB, gray ones too, as by PIL's <c>convert('RGB')</c>: alpha and transparency are dropped, 16-bit gray is
    /// clipped.
    /// </summary>
    Rgb,

    /// <summary>Every picture becomes RGBA, as by PIL's <c>convert('RGBA')</c>: what has no alpha or transparency is opaque.</summary>
    Rgba,
}
