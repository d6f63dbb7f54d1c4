using Imaging.Colors;

namespace Imaging;

/// <summary>What a picture's file says of its pixels, read without decoding them.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Mode">Its colours.</param>
public sealed record PictureHeader(int Width, int Height, ColorMode Mode);
