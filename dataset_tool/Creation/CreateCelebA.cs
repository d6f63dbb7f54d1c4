using DatasetTool.Export;
using DatasetTool.Sources;
using Imaging;
using Imaging.Decoding;
using Imaging.Resizing;

namespace DatasetTool.Creation;

/// <summary>Makes a dataset of the faces of CelebA, 128 x 128 pixels around a point (<c>dataset_tool.create_celeba</c>).</summary>
internal sealed class CreateCelebA
{
    internal const int Radius = 64;
    internal const int Width = 178;
    internal const int Height = 218;

    /// <summary>How many pictures CelebA has.</summary>
    internal int ExpectedImages { get; init; } = 202599;

    /// <summary>Writes the dataset.</summary>
    /// <param name="tfrecordDir">The dataset's folder.</param>
    /// <param name="celebaDir">The folder that holds <c>img_align_celeba_png</c>.</param>
    /// <param name="cx">The middle of what is taken of each picture, from the left.</param>
    /// <param name="cy">The middle of what is taken of each picture, from the top.</param>
    /// <param name="options">How the dataset is written.</param>
    /// <param name="cancellation">Ends the work between two pictures.</param>
    /// <exception cref="InvalidDataException">Pictures are missing or damaged, or are not CelebA's.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    internal void Run(string tfrecordDir, string celebaDir, int cx, int cy, ExporterOptions options, CancellationToken cancellation)
    {
        string folder = Path.Combine(celebaDir, "img_align_celeba_png");
        string[] files = Directory.Exists(folder)
            ? [.. ImageFiles.Visible(folder).Where(n => n.EndsWith(".png", StringComparison.Ordinal)).Select(n => Path.Combine(folder, n))]
            : [];
        if (files.Length != ExpectedImages)
        {
            throw new InvalidDataException(
                $"{folder}: expected to find {ExpectedImages} PNG files, found {files.Length}; "
                + "unpack the whole img_align_celeba_png there");
        }

        using TFRecordExporter exporter = new(tfrecordDir, files.Length, options);
        int[] order = exporter.ChooseShuffledOrder();
        exporter.AddImages(order.Select(i => new PictureSource(files[i], () => Load(files[i], cx, cy))), cancellation);
        exporter.Close();
    }

    private static Picture Load(string file, int cx, int cy)
    {
        using Picture picture = ImageDecoder.Decode(file);
        return (picture.Channels, picture.Height, picture.Width) == (3, Height, Width)
            ? picture.Crop(cx - Radius, cy - Radius, 2 * Radius, 2 * Radius)
            : throw new InvalidDataException(
                $"{file}: {picture.Width} x {picture.Height} pixels and {picture.Channels} channels, not {Width} x {Height} RGB; "
                + "it is not of CelebA");
    }
}
