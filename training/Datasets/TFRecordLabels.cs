using NumSharp;
using TensorGraph.Numpy;

namespace Training.Datasets;

/// <summary>The labels of a dataset.</summary>
internal static class TFRecordLabels
{
    /// <summary>
    /// The labels, [images, components] with at most as many of either as asked for; no components where there are no labels.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is not a two-dimensional array of numbers.</exception>
    internal static NDArray Load(TFRecordFolder folder, TFRecordDatasetOptions options)
    {
        if (options.MaxLabelSize == 0 || Find(folder, options) is not { } file)
        {
            return np.zeros(new Shape(Math.Min(1L << 30, options.MaxImages ?? long.MaxValue), 0), typeof(float));
        }

        NDArray labels = TFRecordFolder.ReadLabels(file);
        long rows = Math.Min(labels.shape[0], options.MaxImages ?? long.MaxValue);
        long columns = Math.Min(labels.shape[1], options.MaxLabelSize);
        return labels[new Slice(0, rows), new Slice(0, columns)].Contiguous();
    }

    private static string? Find(TFRecordFolder folder, TFRecordDatasetOptions options)
    {
        if (options.LabelFile is null)
        {
            return folder.LabelFiles.Count > 0 ? folder.LabelFiles[0] : null;
        }

        string within = Path.Combine(folder.Path, options.LabelFile);
        return !File.Exists(options.LabelFile) && File.Exists(within) ? within : options.LabelFile;
    }
}
