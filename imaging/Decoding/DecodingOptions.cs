using Imaging.Colors;

namespace Imaging.Decoding;

/// <summary>How picture files are decoded.</summary>
public sealed record DecodingOptions
{
    /// <summary>The most pixels that PIL opens: twice its <c>MAX_IMAGE_PIXELS</c>.</summary>
    public const long PilsMaxPixels = 2 * 89478485L;

    /// <summary>What is done with pictures that are not 8-bit gray or RGB.</summary>
    public ColorConversion Conversion { get; init; }

    /// <summary>A picture of more pixels, by what its header says, is refused before memory is set aside for it.</summary>
    public long MaxPixels { get; init; } = PilsMaxPixels;
}
