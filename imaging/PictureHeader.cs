using Imaging.Colors;

namespace Imaging;

/// <summary>What a picture's file says of its pixels, read without decoding them.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Mode">The colours in the file.</param>
/// <param name="ExifOrientation">How the picture is to be turned and mirrored to be shown, 1 to 8 as in EXIF; 1 is as stored.</param>
public sealed record PictureHeader(int Width, int Height, ColorMode Mode, int ExifOrientation = 1)
{
    /// <summary>The channels of the decoded picture: 1 (gray), 3 (RGB) or 4 (RGBA).</summary>
    public int Channels { get; init; } = Mode.Channels;
}
