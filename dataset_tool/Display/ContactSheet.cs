using System.Net;
using System.Text;
using Imaging.Writing;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;

namespace DatasetTool.Display;

/// <summary>A page of HTML with images of a dataset, index and label under each; the images are in the page itself.</summary>
internal static class ContactSheet
{
    /// <summary>The size that a browser still shows well; no more images are written to a page than fit it.</summary>
    private const int LargestPage = 20_000_000;

    private const int LargestPng = 64;
    private const int JpegQuality = 80;
    private const string End = "</main>\n</body>\n</html>";

    /// <summary>Writes the page, one image after the other, as many as fit 20 MB.</summary>
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
        page.Flush();
        int count = 0;
        long room = LargestPage - stream.Position - End.Length - 1;
        foreach (string figure in images.Select(Figure).TakeWhile(f => (room -= f.Length) >= 0))
        {
            page.Write(figure);
            count++;
        }

        page.WriteLine(End);
        return count;
    }

    private static string Figure(DisplayedImage image)
    {
        using (image)
        {
            return $"<figure><img alt=\"{image.Index}\" src=\"data:image/{Encoded(image.Image)}\">\n"
                + $"<figcaption>idx = {image.Index}<br>label = {WebUtility.HtmlEncode(image.Label)}</figcaption></figure>\n";
        }
    }

    /// <summary>Small images keep their pixels; large ones are JPEG, which takes a fifth of the space.</summary>
    private static string Encoded(Image image)
    {
        using MemoryStream file = new();
        bool isSmall = Math.Max(image.Width, image.Height) <= LargestPng;
        if (isSmall)
        {
            PngWriter.Write(image, file);
        }
        else
        {
            image.SaveAsJpeg(file, new JpegEncoder { Quality = JpegQuality });
        }

        return $"{(isSmall ? "png" : "jpeg")};base64,{Convert.ToBase64String(file.GetBuffer(), 0, (int)file.Length)}";
    }
}
