namespace Imaging.Decoding;

/// <summary>What a PNM file says of its pixels.</summary>
/// <param name="IsPlain">Whether samples are written as decimal numbers.</param>
/// <param name="IsBitmap">Whether samples are single bits, 1 for black.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Maximum">The largest sample.</param>
internal sealed record PnmHeader(bool IsPlain, bool IsBitmap, int Channels, int Width, int Height, int Maximum)
{
    /// <summary>Reads the header; the text is left where the pixels begin.</summary>
    internal static PnmHeader Read(EncodedImage image, PnmText text)
    {
        int kind = text.Take(2)[1] - '0';
        bool isBitmap = kind is 1 or 4;
        int width = text.Number(), height = text.Number(), maximum = isBitmap ? 1 : text.Number();
        return maximum is 0 or > 65535
            ? throw image.Damaged("PNM", $"its largest sample is {maximum}")
            : new PnmHeader(kind <= 3, isBitmap, kind is 3 or 6 ? 3 : 1, width, height, maximum);
    }
}
