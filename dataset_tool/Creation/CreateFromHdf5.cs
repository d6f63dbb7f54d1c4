using DatasetTool.Export;
using DatasetTool.Sources.Hdf5;
using Imaging;
using NumSharp;
using TensorGraph.Numpy;

namespace DatasetTool.Creation;

/// <summary>Makes a dataset of the images in an HDF5 archive (<c>dataset_tool.create_from_hdf5</c>).</summary>
internal static class CreateFromHdf5
{
    /// <summary>Writes the dataset, with the labels of <c>NAME-labels.npy</c> where that lies beside <c>NAME.h5</c>.</summary>
    /// <exception cref="InvalidDataException">The archive or its labels are damaged or not fit for a dataset.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    internal static void Run(string tfrecordDir, string archive, bool shuffle, ExporterOptions options, CancellationToken cancellation)
    {
        using Hdf5Images images = new(archive);
        NDArray? labels = LoadLabels(archive, images.Count);
        using TFRecordExporter exporter = new(tfrecordDir, images.Count, options);
        int[] order = shuffle ? exporter.ChooseShuffledOrder() : [.. Enumerable.Range(0, images.Count)];
        exporter.AddImages(Sources(images, archive, order), cancellation);
        if (labels is not null)
        {
            exporter.AddLabels(labels[np.array(order)]);
        }

        exporter.Close();
    }

    /// <summary>The archive is read by one thread, before its images are handed out.</summary>
    private static IEnumerable<PictureSource> Sources(Hdf5Images images, string archive, int[] order)
    {
        foreach (int index in order)
        {
            Picture picture = images.Read(index);
            yield return new PictureSource($"{archive}, image {index}", () => picture);
        }
    }

    private static NDArray? LoadLabels(string archive, int count)
    {
        string file = Path.ChangeExtension(archive, null) + "-labels.npy";
        if (!File.Exists(file))
        {
            return null;
        }

        NDArray labels = NpyFile.Load(file);
        return labels.ndim == 2 && labels.shape[0] == count
            ? labels
            : throw new InvalidDataException(
                $"{file}: labels of shape [{string.Join(", ", labels.shape)}] for {count} images; "
                + "give it one row for each image, or remove it");
    }
}
