using DatasetTool.Export;
using DatasetTool.Sources;
using Imaging;
using Imaging.Decoding;
using Imaging.Resizing;
using NumSharp;

namespace DatasetTool.Creation;

/// <summary>Makes a dataset of the pictures in a folder (<c>dataset_tool.create_from_images</c>).</summary>
public static class CreateFromImages
{
    /// <summary>Writes the dataset. It appears whole or, on any error, not at all.</summary>
    /// <param name="tfrecordDir">The dataset's folder.</param>
    /// <param name="imageDir">The pictures' folder; hidden files and folders in it are passed over. Pictures are taken by name, in the
    /// order of their characters' code points.</param>
    /// <param name="options">Settings; the defaults if left out.</param>
    /// <param name="cancellation">Ends the work between two pictures.</param>
    /// <returns>The number of images.</returns>
    /// <exception cref="InvalidDataException">There are no pictures, or one is not fit for the dataset; one line that names the file, what
    /// is wrong and what to do.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static int Run(
        string tfrecordDir, string imageDir, CreateFromImagesOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new CreateFromImagesOptions();
        DecodingOptions decoding = options.Export.Progress is { } progress
            ? options.Decoding with { Notes = new DecodingNotes(progress.Noted) }
            : options.Decoding;
        List<string> files = ImageFiles.In(imageDir, options.Recursive, except: options.LabelFile);
        if (!options.Recursive && ImageFiles.FoldersIn(imageDir).Select(Path.GetFileName).ToArray() is [{ } first, ..] folders)
        {
            options.Export.Progress?.PassedOver(
                $"{imageDir}: {folders.Length} folders in it are passed over, such as {first}; --recursive takes them too");
        }

        NDArray? labels = options.LabelFile is { } labelFile
            ? PictureLabels.Load(labelFile, [.. files.Select(f => Path.GetRelativePath(imageDir, f))])
            : null;
        using TFRecordExporter exporter = new(tfrecordDir, files.Count, options.Export);
        int[] order = options.Shuffle ? exporter.ChooseShuffledOrder() : [.. Enumerable.Range(0, files.Count)];
        exporter.AddImages(
            order.Select(i => new PictureSource(files[i], () => Fit(ImageDecoder.Decode(files[i], decoding), options.Resize))),
            cancellation);
        if (labels is not null)
        {
            exporter.AddLabels(labels[np.array(order)]);
        }

        exporter.Close();
        return exporter.CurImages;
    }

    /// <summary>Brings the largest square in a picture's middle to a size, if there is one; the picture given is disposed then.</summary>
    internal static Picture Fit(Picture picture, int? size)
    {
        if (size is null)
        {
            return picture;
        }

        using (picture)
        {
            return picture.ToSquare(size.Value);
        }
    }
}
