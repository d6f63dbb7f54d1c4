using DatasetTool.Export;
using DatasetTool.Sources;
using NumSharp;
using TensorGraph.Records;
using Training.Datasets;

namespace DatasetTool.Creation;

/// <summary>
/// Makes a dataset with all levels of detail of one that has only its largest, or that holds picture files ("raw" records).
/// </summary>
public static class CreateFromTFRecords
{
    /// <summary>
    /// Writes the dataset, with the images in their order and their labels. It appears whole or, on any error, not at all.
    /// </summary>
    /// <param name="tfrecordDir">The new dataset's folder.</param>
    /// <param name="sourceDir">The folder of the other dataset, of which the largest images are read.</param>
    /// <param name="resize">Width and height that the largest square in each image's middle is brought to; null leaves images as they
    /// are.</param>
    /// <param name="options">How the dataset is written; the defaults if left out.</param>
    /// <param name="cancellation">Ends the work between two images.</param>
    /// <returns>The number of images.</returns>
    /// <exception cref="InvalidDataException">There is no dataset, or an image is not fit for the new one; one line that names the file,
    /// what is wrong and what to do.</exception>
    /// <exception cref="IOException">A file cannot be read or written, or is damaged.</exception>
    public static int Run(
        string tfrecordDir, string sourceDir, int? resize = null, ExporterOptions? options = null, CancellationToken cancellation = default)
    {
        if (Path.GetFullPath(tfrecordDir).TrimEnd('/', '\\') == Path.GetFullPath(sourceDir).TrimEnd('/', '\\'))
        {
            throw new InvalidDataException($"{tfrecordDir}: the new dataset cannot be in the folder of the other one; choose another");
        }

        TFRecordFolder source = TFRecordFolder.Open(sourceDir);
        NDArray? labels = source.LabelFiles.Count > 0 ? TFRecordFolder.ReadLabels(source.LabelFiles[0]) : null;
        using LevelRecords records = new(source.Levels[0]);
        int images = LevelRecords.Count(source.Levels[0], cancellation);
        if (images == 0)
        {
            throw new InvalidDataException($"{sourceDir}: there are no records in it; give a dataset that has images");
        }

        using TFRecordExporter exporter = new(tfrecordDir, images, options);
        IReadOnlyList<int> added = exporter.AddImages(Pictures(records, resize), cancellation);
        if (labels is not null)
        {
            bool haveGaps = added.Count < labels.shape[0] && added[^1] < labels.shape[0] && options?.SkipBad == true;
            exporter.AddLabels(haveGaps ? labels[np.array(added.ToArray())] : labels);
        }

        exporter.Close(folder => folder.CopyClasses(sourceDir));
        return exporter.CurImages;
    }

    private static IEnumerable<PictureSource> Pictures(LevelRecords records, int? resize)
    {
        while (records.Read())
        {
            byte[] record = records.Record.ToArray();
            RecordLocation location = records.Location;
            yield return new PictureSource(location.ToString(), () => CreateFromImages.Fit(RecordPicture.Read(record, location), resize));
        }
    }
}
