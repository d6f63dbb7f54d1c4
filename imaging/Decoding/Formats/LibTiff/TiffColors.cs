using BitMiracle.LibTiff.Classic;
using Imaging.Colors;

namespace Imaging.Decoding.Formats.LibTiff;

/// <summary>Turns rows of TIFF samples into RGBA as PIL does; gray becomes three equal channels.</summary>
internal sealed class TiffColors(EncodedImage image, Tiff tiff, TiffLayout layout)
{
    private readonly byte[] _palette = layout.Mode == ColorMode.Palette ? Palette(tiff) : [];

    internal void ToRgba(ReadOnlySpan<ushort> row, Span<byte> colors)
    {
        for (int x = 0; x < colors.Length / 4; x++)
        {
            ReadOnlySpan<ushort> pixel = row.Slice(x * layout.Samples, layout.Samples);
            (colors[4 * x], colors[(4 * x) + 1], colors[(4 * x) + 2]) = Color(pixel);
            colors[(4 * x) + 3] = Alpha(pixel);
        }
    }

    private byte Alpha(ReadOnlySpan<ushort> pixel) =>
        layout.Mode == ColorMode.GrayAlpha ? Byte(pixel[1])
            : layout.Mode == ColorMode.Rgba || layout.Mode == ColorMode.Rgba16 ? Byte(pixel[3])
            : byte.MaxValue;

    private (byte Red, byte Green, byte Blue) Color(ReadOnlySpan<ushort> pixel)
    {
        ColorMode mode = layout.Mode;
        if (mode == ColorMode.Palette)
        {
            int entry = 3 * pixel[0];
            return (_palette[entry], _palette[entry + 1], _palette[entry + 2]);
        }

        if (mode == ColorMode.Cmyk)
        {
            return CmykColor.ToRgb(Byte(pixel[0]), Byte(pixel[1]), Byte(pixel[2]), Byte(pixel[3]));
        }

        if (pixel.Length < 3)
        {
            byte gray = Gray(pixel[0]);
            return (gray, gray, gray);
        }

        return layout.IsPremultiplied
            ? (Divided(pixel[0], pixel[3]), Divided(pixel[1], pixel[3]), Divided(pixel[2], pixel[3]))
            : (Byte(pixel[0]), Byte(pixel[1]), Byte(pixel[2]));
    }

    /// <summary>Clipped gray of 16 bits is never inverted, as in PIL.</summary>
    private byte Gray(ushort sample)
    {
        bool isDeep = layout.Bits == 16;
        int gray = isDeep ? image.GrayLevel(sample) : sample * 255 / ((1 << layout.Bits) - 1);
        bool isInverted = layout.Photometric == Photometric.MINISWHITE && !(isDeep && image.Options.Depth == DepthConversion.Clip);
        return (byte)(isInverted ? 255 - gray : gray);
    }

    private byte Byte(ushort sample) => (byte)(layout.Bits == 16 ? sample >> 8 : sample);

    private static byte Divided(ushort color, ushort alpha) => alpha == 0 ? (byte)0 : (byte)Math.Min(255, color * 255 / alpha);

    private static byte[] Palette(Tiff tiff)
    {
        FieldValue[]? map = tiff.GetField(TiffTag.COLORMAP);
        byte[] palette = new byte[768];
        for (int channel = 0; map is not null && channel < 3; channel++)
        {
            ushort[] values = map[channel].ToUShortArray();
            for (int i = 0; i < values.Length && i < 256; i++)
            {
                palette[(3 * i) + channel] = (byte)(values[i] >> 8);
            }
        }

        return palette;
    }
}
