using DatasetTool.Export;
using Imaging;

namespace DatasetTool.Sources;

/// <summary>Images in memory, each of a class.</summary>
/// <param name="Name">The file or folder that they come from, for errors.</param>
/// <param name="Classes">The class of each image, counted from 0.</param>
/// <param name="Image">Makes the picture with an index; called on any thread.</param>
internal sealed record LabeledImages(string Name, int[] Classes, Func<int, Picture> Image)
{
    /// <summary>Writes a dataset of the images in shuffled order, with a component of the labels for each class.</summary>
    /// <exception cref="IOException">The dataset cannot be written.</exception>
    internal void Export(string tfrecordDir, ExporterOptions options, CancellationToken cancellation)
    {
        using TFRecordExporter exporter = new(tfrecordDir, Classes.Length, options);
        int[] order = exporter.ChooseShuffledOrder();
        exporter.AddImages(order.Select(i => new PictureSource($"{Name}, image {i}", () => Image(i))), cancellation);
        exporter.AddLabels(OneHot.Encode([.. order.Select(i => Classes[i])]));
        exporter.Close();
    }
}
