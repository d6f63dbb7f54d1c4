using System.Numerics;
using DatasetTool.Export;
using Dnnlib;
using Imaging;
using Imaging.Decoding;
using NumSharp;
using StyleGan2.Encoder.Results;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using Training.Datasets;

namespace StyleGan2.Encoder.Projection;

/// <summary>Reads the pictures that a network is to make.</summary>
/// <param name="decoding">How pictures are decoded.</param>
/// <param name="tmpDir">Folder for datasets of single pictures.</param>
/// <param name="shape">The network's pictures, [1, channels, height, width].</param>
internal sealed class TargetPictures(DecodingOptions decoding, string tmpDir, TensorShape shape)
{
    private readonly Lock _turn = new();
    private readonly DecodingOptions _decoding = decoding with { KeepAlpha = shape[1] == 4 };

    /// <summary>Why a picture cannot be projected, as far as its header tells, in one line that names it; null where it can.</summary>
    internal string? Problem(string picture)
    {
        try
        {
            PictureHeader header = ImageDecoder.ReadHeader(picture, _decoding);
            string? remedy = (header.Width, header.Height) != (shape[3], shape[2]) ? "give a picture of the network's size"
                : header.Channels == shape[1] ? null
                : shape[1] == 4 ? "give --convert rgba"
                : header.Channels == 1 ? "give --convert rgb"
                : "give a gray picture";
            return remedy is null
                ? null
                : $"{picture}: the picture is {Described(header.Channels, header.Height, header.Width)}, "
                    + $"the network makes {Described(shape[1], shape[2], shape[3])}; {remedy}";
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            return error.Message;
        }
    }

    /// <summary>
    /// Writes a dataset of the one picture and reads it back, as the reference does, so that a picture is taken just as a dataset of it
    /// would be. One picture is read at a time.
    /// </summary>
    /// <returns>uint8 [1, channels, height, width].</returns>
    /// <exception cref="InvalidDataException">The picture is damaged.</exception>
    /// <exception cref="UnwritableFolderException">The folder for temporary files cannot be written.</exception>
    internal NDArray Levels(string picture)
    {
        lock (_turn)
        {
            return Read(picture);
        }
    }

    private NDArray Read(string picture)
    {
        using Picture decoded = ImageDecoder.Decode(picture, _decoding);
        if (decoded.Width != decoded.Height || !BitOperations.IsPow2(decoded.Width))
        {
            // A dataset holds no such picture.
            return decoded.Pixels.ToNDArray(1, decoded.Channels, decoded.Height, decoded.Width);
        }

        using ScratchFolder folder = new(tmpDir);
        UnwritableFolderException.Guard(tmpDir, "temporary files", () =>
        {
            using TFRecordExporter exporter = new(Path.Combine(folder.Location, "tfrecords"), 1);
            exporter.AddImage(decoded, picture);
            exporter.Close();
        });
        using Graph graph = new();
        using Session session = new(graph);
        EasyDict settings = new()
        {
            ["tfrecord_dir"] = "tfrecords", ["max_label_size"] = 0, ["repeat"] = false, ["shuffle_mb"] = 0, ["prefetch_mb"] = 0,
        };
        using IDataset dataset = Dataset.LoadDataset(session, dataDir: folder.Location, kwargs: settings);
        return dataset.GetMinibatchNp(1).Images;
    }

    private static string Described(int channels, int height, int width) => $"{width} x {height} {Picture.KindOf(channels)}";
}
