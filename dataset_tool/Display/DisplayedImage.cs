using System.Globalization;
using Imaging;
using Imaging.Resizing;
using NumSharp;
using TensorGraph.Numpy;

namespace DatasetTool.Display;

/// <summary>An image of a dataset to be looked at.</summary>
/// <param name="Index">Its place in the dataset.</param>
/// <param name="Picture">The image; disposed with this.</param>
/// <param name="Label">Its label in words.</param>
internal sealed record DisplayedImage(int Index, Picture Picture, string Label) : IDisposable
{
    /// <summary>Takes an image from a minibatch of one.</summary>
    /// <param name="index">Its place in the dataset.</param>
    /// <param name="image">uint8 [1, channels, height, width].</param>
    /// <param name="label">[1, components].</param>
    /// <param name="largest">The width and height that it is made smaller to, where it is larger.</param>
    internal static DisplayedImage From(int index, NDArray image, NDArray label, int largest)
    {
        Picture picture = Picture.FromPixels(image.Values<byte>(), (int)image.shape[1], (int)image.shape[2], (int)image.shape[3]);
        if (Math.Max(picture.Width, picture.Height) <= largest)
        {
            return new DisplayedImage(index, picture, Describe(label));
        }

        using (picture)
        {
            return new DisplayedImage(index, Resizing.Resize(picture, largest, largest), Describe(label));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Picture.Dispose();

    /// <summary>The class where one component is 1 and the others are 0; otherwise the components.</summary>
    private static string Describe(NDArray label)
    {
        double[] values = label.astype(typeof(double)).Values<double>();
        bool isClass = values.Length > 1 && Array.TrueForAll(values, v => v is 0 or 1) && values.Sum() == 1;
        return isClass ? $"class {Array.IndexOf(values, 1)}" : $"[{string.Join(", ", values.Select(v => v.ToString("0.0##", CultureInfo.InvariantCulture)))}]";
    }
}
