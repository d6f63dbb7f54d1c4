using System.Net;
using System.Text;
using Imaging.Writing;
using SixLabors.ImageSharp;

namespace DatasetTool.Display;

/// <summary>A page of HTML with all images of a dataset, index and label under each; the images are in the page itself.</summary>
internal static class ContactSheet
{
    /// <summary>Writes the page, one image after the other.</summary>
    /// <returns>The number of images.</returns>
    internal static int Write(Stream stream, string title, IEnumerable<DisplayedImage> images)
    {
        using StreamWriter page = new(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        page.WriteLine("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        page.WriteLine($"<title>{WebUtility.HtmlEncode(title)}</title>");
        page.WriteLine("<style>\nbody { background: #222; color: #ccc; font: 12px sans-serif; }");
        page.WriteLine("main { display: flex; flex-wrap: wrap; gap: 8px; }\nfigure { margin: 0; width: 128px; }");
        page.WriteLine("img { width: 128px; image-rendering: pixelated; }\nfigcaption { overflow-wrap: anywhere; }\n</style>\n</head>");
        page.WriteLine($"<body>\n<h1>{WebUtility.HtmlEncode(title)}</h1>\n<main>");
        int count = 0;
        foreach (DisplayedImage image in images)
        {
            using (image)
            {
                page.WriteLine($"<figure><img alt=\"{image.Index}\" src=\"data:image/png;base64,{Base64(image.Image)}\">");
                page.WriteLine($"<figcaption>idx = {image.Index}<br>label = {WebUtility.HtmlEncode(image.Label)}</figcaption></figure>");
            }

            count++;
        }

        page.WriteLine("</main>\n</body>\n</html>");
        return count;
    }

    private static string Base64(Image image)
    {
        using MemoryStream png = new();
        PngWriter.Write(image, png);
        return Convert.ToBase64String(png.GetBuffer(), 0, (int)png.Length);
    }
}
