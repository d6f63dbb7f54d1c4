using System.Net;
using System.Text;
using Imaging;
using SkiaSharp;

namespace DatasetTool.Display;

/// <summary>A page of HTML with all images of a dataset, index and label under each; the images are in the page itself.</summary>
internal static class ContactSheet
{
    /// <summary>Writes the page, one image after the other.</summary>
    /// <returns>The number of images.</returns>
    internal static int Write(Stream stream, string title, IEnumerable<DisplayedImage> images)
    {
        using StreamWriter page = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        page.WriteLine($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{WebUtility.HtmlEncode(title)}</title>");
        page.WriteLine("<style>\nbody { background: #222; color: #ccc; font: 12px sans-serif; }");
        page.WriteLine("main { display: flex; flex-wrap: wrap; gap: 8px; }\nfigure { margin: 0; width: 128px; }");
        page.WriteLine("img { width: 128px; image-rendering: pixelated; }\nfigcaption { overflow-wrap: anywhere; }\n</style>\n</head>");
        page.WriteLine($"<body>\n<h1>{WebUtility.HtmlEncode(title)}</h1>\n<main>");
        int count = 0;
        foreach (DisplayedImage image in images)
        {
            using (image)
            {
                page.WriteLine($"<figure><img alt=\"{image.Index}\" src=\"data:image/png;base64,{Convert.ToBase64String(EncodePng(image.Picture))}\">");
                page.WriteLine($"<figcaption>idx = {image.Index}<br>label = {WebUtility.HtmlEncode(image.Label)}</figcaption></figure>");
            }

            count++;
        }

        page.WriteLine("</main>\n</body>\n</html>");
        return count;
    }

    private static byte[] EncodePng(Picture picture)
    {
        SKColorType type = picture.Channels == 1 ? SKColorType.Gray8 : SKColorType.Rgb888x;
        using SKBitmap bitmap = new(new SKImageInfo(picture.Width, picture.Height, type, SKAlphaType.Opaque));
        Span<byte> pixels = bitmap.GetPixelSpan();
        for (int channel = 0; channel < picture.Channels; channel++)
        {
            for (int y = 0; y < picture.Height; y++)
            {
                ReadOnlySpan<byte> row = picture.Row(channel, y);
                for (int x = 0; x < row.Length; x++)
                {
                    pixels[(y * bitmap.RowBytes) + (x * bitmap.BytesPerPixel) + channel] = row[x];
                }
            }
        }

        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
