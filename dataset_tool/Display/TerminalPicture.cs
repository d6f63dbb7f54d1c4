using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using Spectre.Console;

namespace DatasetTool.Display;

/// <summary>A picture in the characters of a terminal.</summary>
internal static class TerminalPicture
{
    /// <summary>Two pixels a character, one above the other.</summary>
    internal static Canvas Draw(SixLabors.ImageSharp.Image image)
    {
        using Image<Rgb24> pixels = image.CloneAs<Rgb24>();
        Canvas canvas = new(pixels.Width, pixels.Height);
        for (int y = 0; y < pixels.Height; y++)
        {
            for (int x = 0; x < pixels.Width; x++)
            {
                Rgb24 color = pixels[x, y];
                canvas.SetPixel(x, y, new Spectre.Console.Color(color.R, color.G, color.B));
            }
        }

        return canvas;
    }
}
