using System.Buffers.Binary;

namespace Imaging.Decoding;

/// <summary>PBM, PGM and PPM, binary and plain.</summary>
internal sealed class PnmFormat : IImageFormat
{
    private const string Format = "PNM";
    private const int Maximum8 = 255;
    private const int Maximum16 = 65535;

    /// <inheritdoc/>
    public bool Matches(ReadOnlySpan<byte> file) => file.Length > 2 && file[0] == 'P' && file[1] is >= (byte)'1' and <= (byte)'6' && PnmText.IsSpace(file[2]);

    /// <inheritdoc/>
    public ColorMode ReadMode(EncodedImage image)
    {
        PnmHeader header = PnmHeader.Read(image, new PnmText(image));
        return header switch
        {
            { IsBitmap: true } => ColorMode.Bilevel,
            { Channels: 3 } => ColorMode.Rgb,
            { Maximum: > Maximum8 } => ColorMode.Gray16,
            _ => ColorMode.Gray,
        };
    }

    /// <inheritdoc/>
    public Picture Decode(EncodedImage image, ColorMode mode, int channels)
    {
        PnmText text = new(image);
        PnmHeader header = PnmHeader.Read(image, text);
        image.CheckSize(Format, header.Width, header.Height);
        Picture picture = new(channels, header.Height, header.Width);
        byte[] row = new byte[header.Width * header.Channels];
        for (int y = 0; y < header.Height; y++)
        {
            if (header.IsPlain)
            {
                ReadPlainRow(text, header, row);
            }
            else
            {
                ReadBinaryRow(image, text, header, row);
            }

            picture.SetRow(y, row, header.Channels == 3 ? PixelLayout.Rgb : PixelLayout.Gray);
        }

        return picture;
    }

    private static void ReadPlainRow(PnmText text, PnmHeader header, Span<byte> row)
    {
        foreach (ref byte sample in row)
        {
            sample = header.IsBitmap ? (byte)(text.Bit() ? 0 : 255) : Scaled(text.Sample(header.Maximum), header);
        }
    }

    private static void ReadBinaryRow(EncodedImage image, PnmText text, PnmHeader header, Span<byte> row)
    {
        int size = header.Maximum > Maximum8 ? 2 : 1;
        int length = header.IsBitmap ? (row.Length + 7) / 8 : row.Length * size;
        ReadOnlySpan<byte> samples = text.Take(length);
        if (!header.IsBitmap && header.Maximum == Maximum8)
        {
            samples.CopyTo(row);
            return;
        }

        for (int i = 0; i < row.Length; i++)
        {
            row[i] = header.IsBitmap
                ? (byte)(((samples[i / 8] >> (7 - (i % 8))) & 1) == 0 ? 255 : 0)
                : Scaled(size == 1 ? samples[i] : BinaryPrimitives.ReadUInt16BigEndian(samples[(2 * i)..]), header);
        }
    }

    /// <summary>A sample on the scale of 255; gray of 16 bits is taken on its own scale and clipped, as PIL converts it.</summary>
    private static byte Scaled(int sample, PnmHeader header)
    {
        int largest = header is { Channels: 1, Maximum: > Maximum8 } ? Maximum16 : Maximum8;
        return (byte)Math.Min(Maximum8, Math.Round((double)sample / header.Maximum * largest, MidpointRounding.ToEven));
    }
}
