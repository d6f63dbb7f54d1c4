using System.Globalization;
using NumSharp;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Processing;
using TensorGraph.Numpy;
using Training;

namespace DatasetTool.Display;

/// <summary>An image of a dataset to be looked at.</summary>
/// <param name="Index">Its place in the dataset.</param>
/// <param name="Image">The image; disposed with this.</param>
/// <param name="Label">Its label in words.</param>
internal sealed record DisplayedImage(int Index, Image Image, string Label) : IDisposable
{
    /// <summary>Takes an image from a minibatch of one.</summary>
    /// <param name="index">Its place in the dataset.</param>
    /// <param name="image">uint8 [1, channels, height, width].</param>
    /// <param name="label">[1, components].</param>
    /// <param name="largest">The width and height that it is made smaller to, where it is larger.</param>
    internal static DisplayedImage From(int index, NDArray image, NDArray label, int largest)
    {
        Image shown = Misc.ConvertToPilImage(image[0], (0, 255));
        if (Math.Max(shown.Width, shown.Height) > largest)
        {
            shown.Mutate(context => context.Resize(largest, largest));
        }

        return new DisplayedImage(index, shown, Describe(label));
    }

    /// <inheritdoc/>
    public void Dispose() => Image.Dispose();

    /// <summary>The class where one component is 1 and the others are 0; otherwise the components.</summary>
    private static string Describe(NDArray label)
    {
        double[] values = label.astype(typeof(double)).Values<double>();
        bool isClass = values.Length > 1 && Array.TrueForAll(values, v => v is 0 or 1) && values.Sum() == 1;
        return isClass
            ? $"class {Array.IndexOf(values, 1)}"
            : $"[{string.Join(", ", values.Select(v => v.ToString("0.0##", CultureInfo.InvariantCulture)))}]";
    }
}
