using NumSharp;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Processing;
using TensorGraph.Numpy;
using Training;

namespace StyleGan2.Encoder.Reports;

/// <summary>Pictures as data URIs, which a page holds itself: JPEG, reduced to a size that keeps pages small.</summary>
internal static class EmbeddedPicture
{
    /// <summary>Differences are shown this much larger than they are, so that they can be seen.</summary>
    internal const int Enlargement = 4;

    private const int LargestSide = 256, SideOnTheWay = 128, Quality = 88;

    /// <summary>A picture to compare.</summary>
    /// <param name="images">Float32 [1, channels, height, width] in [-1, 1].</param>
    internal static string Of(NDArray images) => Encoded(images, LargestSide, (-1, 1));

    /// <summary>A picture on the way.</summary>
    /// <param name="images">Float32 [1, channels, height, width] in [-1, 1].</param>
    internal static string Small(NDArray images) => Encoded(images, SideOnTheWay, (-1, 1));

    /// <summary>How two pictures differ; black where they are equal.</summary>
    /// <param name="one">Float32 [1, channels, height, width] in [-1, 1].</param>
    /// <param name="other">The other one, of the same shape.</param>
    internal static string Difference(NDArray one, NDArray other)
    {
        float[] differences =
        [
            .. one.Values<float>().Zip(other.Values<float>(), (a, b) => Math.Abs(Math.Clamp(a, -1, 1) - Math.Clamp(b, -1, 1))),
        ];
        return Encoded(differences.ToNDArray(one.shape), LargestSide, (0, 2.0 / Enlargement));
    }

    private static string Encoded(NDArray images, int largestSide, (double Black, double White) range)
    {
        using Image image = Misc.ConvertToPilImage(images[0], range);
        if (Math.Max(image.Width, image.Height) > largestSide)
        {
            image.Mutate(i => i.Resize(new ResizeOptions { Size = new Size(largestSide, largestSide), Mode = ResizeMode.Max }));
        }

        using MemoryStream stream = new();
        image.SaveAsJpeg(stream, new JpegEncoder { Quality = Quality });
        return $"data:image/jpeg;base64,{Convert.ToBase64String(stream.GetBuffer(), 0, (int)stream.Length)}";
    }
}
