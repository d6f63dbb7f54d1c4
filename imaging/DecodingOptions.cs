using Imaging.Colors;

namespace Imaging;

/// <summary>How picture files are decoded.</summary>
public sealed record DecodingOptions
{
    /// <summary>The most pixels that PIL opens: twice its <c>MAX_IMAGE_PIXELS</c>.</summary>
    public const int PilsMaxPixels = 2 * 89478485;

    /// <summary>The largest value of <see cref="MaxPixels"/>: four bytes a pixel fill an array.</summary>
    public static int LargestMaxPixels { get; } = Array.MaxLength / 4;

    /// <summary>What is done with pictures that are not 8-bit gray or RGB.</summary>
    public ColorConversion Conversion { get; init; }

    /// <summary>Whether RGBA pictures of 8 bits are taken as they are, with four channels, instead of being refused.</summary>
    public bool KeepAlpha { get; init; }

    /// <summary>How 16-bit gray becomes 8-bit gray.</summary>
    public DepthConversion Depth { get; init; }

    /// <summary>
    /// Whether pictures are turned and mirrored as their EXIF orientation says. PIL takes them as stored; TIFF's own orientation, which PIL
    /// applies, is applied always.
    /// </summary>
    public bool ExifOrientation { get; init; }

    /// <summary>A picture of more pixels, by what its header says, is refused before memory is set aside for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1 or more than <see cref="LargestMaxPixels"/>.</exception>
    public int MaxPixels
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LargestMaxPixels);
            field = value;
        }
    } = PilsMaxPixels;

    /// <summary>Receives what a user should know of the pictures; null for nothing.</summary>
    public DecodingNotes? Notes { get; init; }
}
