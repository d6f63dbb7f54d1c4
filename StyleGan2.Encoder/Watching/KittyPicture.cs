using System.Text;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace StyleGan2.Encoder.Watching;

/// <summary>A picture in kitty's graphics protocol: RGB in base64, in pieces.</summary>
internal static class KittyPicture
{
    /// <summary>Takes the picture off the screen.</summary>
    internal const string Removal = "\e_Ga=d,d=I,i=1,q=2\e\\";

    private const int LongestPiece = 4096;

    /// <summary>What shows a picture at the cursor, in place of the one shown before; the cursor stays.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="columns">Characters that it is wide.</param>
    /// <param name="rows">Characters that it is high.</param>
    internal static string Of(Image<Rgb24> image, int columns, int rows)
    {
        byte[] pixels = new byte[3 * image.Width * image.Height];
        image.CopyPixelDataTo(pixels);
        string data = Convert.ToBase64String(pixels);
        StringBuilder text = new();
        for (int at = 0; at < data.Length; at += LongestPiece)
        {
            bool isLast = at + LongestPiece >= data.Length;
            string settings = at == 0
                ? $"a=T,f=24,s={image.Width},v={image.Height},i=1,p=1,c={columns},r={rows},C=1,q=2,"
                : "";
            text.Append($"\e_G{settings}m={(isLast ? 0 : 1)};").Append(data, at, Math.Min(LongestPiece, data.Length - at)).Append("\e\\");
        }

        return text.ToString();
    }
}
