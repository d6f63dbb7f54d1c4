using Imaging.Colors;

namespace Imaging.Decoding.Formats;

/// <summary>
/// PBM, PGM and PPM with samples up to 255. Read here, because ImageSharp takes a first pixel of 9 to 13, 32 or 35 for white space or a
/// comment, and so moves all pixels.
/// </summary>
internal sealed class PnmFormat : IImageFormat
{
    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> file) =>
        file.Length > 2 && file[0] == 'P' && file[1] is >= (byte)'1' and <= (byte)'6' && PnmText.IsSpace(file[2]);

    /// <inheritdoc/>
    public PictureHeader ReadHeader(EncodedImage image) => PnmHeader.Read(image, new PnmText(image)).Picture;

    /// <inheritdoc/>
    public Picture Decode(EncodedImage image, PictureHeader header, int channels)
    {
        PnmText text = new(image);
        PnmHeader pnm = PnmHeader.Read(image, text);
        text.Require(pnm.RowSize * (long)header.Height);
        Picture picture = new(channels, header.Height, header.Width);
        byte[] row = new byte[header.Width * Math.Max(1, header.Mode.Channels)];
        for (int y = 0; y < header.Height; y++)
        {
            if (pnm.IsPlain)
            {
                ReadNumbers(text, row);
            }
            else if (header.Mode == ColorMode.Bilevel)
            {
                ReadBits(text.Take(pnm.RowSize), row);
            }
            else
            {
                text.Take(pnm.RowSize).CopyTo(row);
            }

            picture.SetRow(y, row, header.Mode == ColorMode.Rgb ? PixelLayout.Rgb : PixelLayout.Gray);
        }

        return picture;
    }

    private static void ReadNumbers(PnmText text, Span<byte> row)
    {
        foreach (ref byte sample in row)
        {
            sample = text.Sample();
        }
    }

    /// <summary>A bit of 1 is black.</summary>
    private static void ReadBits(ReadOnlySpan<byte> bits, Span<byte> row)
    {
        for (int x = 0; x < row.Length; x++)
        {
            row[x] = (byte)(((bits[x / 8] << (x % 8)) & 0x80) == 0 ? 255 : 0);
        }
    }
}
