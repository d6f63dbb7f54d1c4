using System.Text;
using DatasetTool.Export;
using DatasetTool.Sources;
using Imaging;
using Imaging.Colors;
using Imaging.Decoding;
using Imaging.Resizing;
using TensorGraph.Data.Elements;

namespace DatasetTool.Creation;

/// <summary>Makes a dataset of a category of LSUN (<c>dataset_tool.create_lsun</c> and <c>create_lsun_wide</c>).</summary>
internal static class CreateLsun
{
    private static readonly DecodingOptions s_rgb = new() { Conversion = ColorConversion.Rgb };

    /// <summary>Writes the dataset; what is not a picture in the database is reported and passed over.</summary>
    /// <param name="tfrecordDir">The dataset's folder.</param>
    /// <param name="lmdbDir">The database's folder.</param>
    /// <param name="fit">Makes a picture of the dataset of one of the database, or null where it is too small: <see cref="Square"/>, <see
    /// cref="Wide"/>.</param>
    /// <param name="maxImages">How many images there are to be at most; null for all.</param>
    /// <param name="options">How the dataset is written.</param>
    /// <param name="cancellation">Ends the work between two pictures.</param>
    /// <exception cref="InvalidDataException">The database is missing or damaged, or no picture in it fits.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    internal static void Run(
        string tfrecordDir,
        string lmdbDir,
        Func<Picture, Picture?> fit,
        int? maxImages,
        ExporterOptions options,
        CancellationToken cancellation)
    {
        using LmdbFile database = new(lmdbDir);
        int expected = maxImages ?? (int)Math.Min(database.Count, int.MaxValue);
        using TFRecordExporter exporter = new(tfrecordDir, expected, options);
        int examined = 0;
        IEnumerable<(byte[] Key, byte[] Value)> records = database.Records();
        foreach (DecodedPicture picture in OrderedWork.Run(records, Read, options.Ahead, options.Workers, cancellation))
        {
            using (picture)
            {
                Add(picture);
            }

            if (exporter.CurImages == expected)
            {
                break;
            }
        }

        if (exporter.CurImages == 0)
        {
            throw new InvalidDataException(
                $"{lmdbDir}: none of its {database.Count} records is a picture that is large enough; "
                + "give another folder or a smaller size");
        }

        exporter.Close();

        DecodedPicture Read((byte[] Key, byte[] Value) record)
        {
            string name = $"{lmdbDir}, record {Encoding.Latin1.GetString(record.Key)}";
            return DecodedPicture.Of(name, () =>
            {
                using Picture decoded = ImageDecoder.Decode(record.Value, name, s_rgb);
                return fit(decoded);
            });
        }

        void Add(DecodedPicture picture)
        {
            examined++;
            if (picture.Problem is { } problem)
            {
                options.Progress?.PassedOver(problem.Message);
            }
            else if (picture.Levels is not null)
            {
                exporter.Add(picture.Levels);
                options.Progress?.Examined(examined, database.Count, exporter.CurImages);
            }
        }
    }

    /// <summary>Makes squares of the largest square in each picture's middle.</summary>
    /// <param name="resolution">Their size.</param>
    internal static Func<Picture, Picture?> Square(int resolution) => picture => picture.ToSquare(resolution);

    /// <summary>
    /// Makes pictures of a width and a height, in the middle of a black square of that width; those that are smaller are passed over.
    /// </summary>
    internal static Func<Picture, Picture?> Wide(int width, int height) => picture =>
    {
        int rows = (int)Math.Round((double)((long)width * picture.Height) / picture.Width, MidpointRounding.ToEven);
        if (picture.Width < width || rows < height)
        {
            return null;
        }

        using Picture cropped = picture.Crop(0, (picture.Height - rows) / 2, picture.Width, rows);
        using Picture resized = cropped.Resize(width, height);
        return resized.Letterbox();
    };
}
