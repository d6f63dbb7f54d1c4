using Imaging.Colors;

namespace Imaging.Decoding.Formats;

/// <summary>What a PNM file says of its pixels.</summary>
/// <param name="Picture">Size and colours.</param>
/// <param name="IsPlain">Whether samples are written as decimal numbers.</param>
internal sealed record PnmHeader(PictureHeader Picture, bool IsPlain)
{
    private const string Format = "PNM";
    private const int Largest = 255;

    /// <summary>Bytes of a binary row.</summary>
    internal int RowSize => Picture.Mode == ColorMode.Bilevel ? (Picture.Width + 7) / 8 : Picture.Width * Picture.Mode.Channels;

    /// <summary>Reads the header; the text is left where the pixels begin.</summary>
    /// <exception cref="InvalidDataException">The header is cut off or damaged, or the pixels are of a kind that is not read.</exception>
    internal static PnmHeader Read(EncodedImage image, PnmText text)
    {
        int kind = text.Take(2)[1] - '0';
        if (kind == 1)
        {
            throw image.Unsupported(Format, "a bitmap in plain text");
        }

        ColorMode mode = kind == 4 ? ColorMode.Bilevel : kind is 2 or 5 ? ColorMode.Gray : ColorMode.Rgb;
        PictureHeader picture = new(text.Number(), text.Number(), mode);
        int largest = kind == 4 ? Largest : text.Number();
        return largest == Largest
            ? new PnmHeader(picture, kind <= 3)
            : throw image.Unsupported(Format, $"a largest sample of {largest}, not {Largest},");
    }
}
