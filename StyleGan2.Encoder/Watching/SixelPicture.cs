using System.Text;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing.Processors.Quantization;

namespace StyleGan2.Encoder.Watching;

/// <summary>A picture in sixels.</summary>
internal static class SixelPicture
{
    private const int RowsOfBand = 6, FirstSixel = 63, ShortestRun = 4;

    /// <summary>What shows a picture at the cursor.</summary>
    internal static string Of(Image<Rgb24> image)
    {
        using IQuantizer<Rgb24> quantizer = new WuQuantizer().CreatePixelSpecificQuantizer<Rgb24>(Configuration.Default);
        using IndexedImageFrame<Rgb24> indexed =
            quantizer.BuildPaletteAndQuantizeFrame(image.Frames.RootFrame, image.Bounds());
        StringBuilder text = new($"\eP0;1q\"1;1;{image.Width};{image.Height}");
        foreach ((int index, Rgb24 color) in indexed.Palette.ToArray().Index())
        {
            text.Append($"#{index};2;{Percent(color.R)};{Percent(color.G)};{Percent(color.B)}");
        }

        for (int top = 0; top < image.Height; top += RowsOfBand)
        {
            AppendBand(text, indexed, top);
        }

        return text.Append("\e\\").ToString();
    }

    private static int Percent(byte level) => (level * 100 + 127) / 255;

    /// <summary>Six rows: of each colour the pixels that have it.</summary>
    private static void AppendBand(StringBuilder text, IndexedImageFrame<Rgb24> image, int top)
    {
        SortedDictionary<byte, byte[]> colors = [];
        for (int y = top; y < Math.Min(top + RowsOfBand, image.Height); y++)
        {
            ReadOnlySpan<byte> row = image.DangerousGetRowSpan(y);
            for (int x = 0; x < row.Length; x++)
            {
                if (!colors.TryGetValue(row[x], out byte[]? sixels))
                {
                    colors.Add(row[x], sixels = new byte[row.Length]);
                }

                sixels[x] |= (byte)(1 << (y - top));
            }
        }

        foreach ((byte color, byte[] sixels) in colors)
        {
            text.Append($"#{color}");
            AppendRuns(text, sixels);
            text.Append('$');
        }

        text.Append('-');
    }

    private static void AppendRuns(StringBuilder text, byte[] sixels)
    {
        for (int start = 0, end; start < sixels.Length; start = end)
        {
            end = start + 1;
            while (end < sixels.Length && sixels[end] == sixels[start])
            {
                end++;
            }

            char sixel = (char)(FirstSixel + sixels[start]);
            if (end - start < ShortestRun)
            {
                text.Append(sixel, end - start);
            }
            else
            {
                text.Append($"!{end - start}").Append(sixel);
            }
        }
    }
}
