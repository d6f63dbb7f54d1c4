using DatasetTool.Export;
using DatasetTool.Images;

namespace DatasetTool;

/// <summary>Makes a dataset of the pictures in a folder (<c>dataset_tool.create_from_images</c>).</summary>
public static class CreateFromImages
{
    /// <summary>Writes the dataset. It appears whole or, on any error, not at all.</summary>
    /// <param name="tfrecordDir">The dataset's folder.</param>
    /// <param name="imageDir">The pictures' folder; hidden files and folders in it are passed over. Pictures are taken by name, in the order of their characters' code points.</param>
    /// <param name="options">Settings; the defaults if left out.</param>
    /// <param name="cancellation">Ends the work between two pictures.</param>
    /// <returns>The number of images.</returns>
    /// <exception cref="InvalidDataException">There are no pictures, or one is not fit for the dataset; one line that names the file, what is wrong and what to do.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static int Run(string tfrecordDir, string imageDir, CreateFromImagesOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new CreateFromImagesOptions();
        List<string> files = ImageFiles.In(imageDir);
        using TFRecordExporter exporter = new(tfrecordDir, files.Count, options.Export);
        IEnumerable<string> ordered = options.Shuffle ? exporter.ChooseShuffledOrder().Select(i => files[i]) : files;
        exporter.AddImages(ordered.Select(file => new PictureSource(file, () => ImageDecoder.Decode(file, options.Conversion))), cancellation);
        exporter.Close();
        return exporter.CurImages;
    }
}
