using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using DatasetTool.Export;
using DatasetTool.Parts;
using DatasetTool.Sources;
using Imaging;
using Imaging.Resizing;
using NumSharp;
using TensorGraph.Numpy;

namespace DatasetTool.Creation;

/// <summary>Makes a dataset of the pictures in a folder or a .zip file (<c>dataset_tool.create_from_images</c>).</summary>
public static class CreateFromImages
{
    /// <summary>Writes the dataset. It appears whole or, on any error, not at all.</summary>
    /// <param name="tfrecordDir">The dataset's folder.</param>
    /// <param name="imageDir">The pictures' folder, or a .zip file of them; hidden files and folders in it are passed over. Pictures are
    /// taken by name, in the order of their characters' code points.</param>
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
        using IPictureCollection pictures = Open(imageDir, options);
        IReadOnlyList<string> names = pictures.Names;
        PictureLabels? pictureLabels = Labels(pictures, imageDir, options);
        NDArray? labels = pictureLabels?.Values;
        int[] order = Order(names.Count, options);
        using TFRecordExporter exporter = new(tfrecordDir, order.Length, options.Export);
        int[] added = [.. exporter.AddImages(order.Select(i => Source(names[i])), cancellation).Select(place => order[place])];
        if (labels is not null && added.Length > 0)
        {
            exporter.AddLabels(labels[np.array(added)]);
        }

        exporter.Close(folder =>
        {
            if (pictureLabels?.ClassNames is { } numbers)
            {
                folder.WriteClasses(numbers);
            }

            if (options.Shard is { } shard)
            {
                PartRecord record = new()
                {
                    Part = shard,
                    Pictures = PictureList.Of(names),
                    Settings = Settings(options, labels),
                    Images = exporter.ImageKind,
                    Files = new Dictionary<string, PartFile>(),
                };
                record.Write(folder);
            }
        });
        return exporter.CurImages;

        PictureSource Source(string name) =>
            new(pictures.Describe(name), () => Fit(pictures.Decode(name, decoding), options.Resize));
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

    private static IPictureCollection Open(string imageDir, CreateFromImagesOptions options)
    {
        if (ZipPictures.IsZip(imageDir))
        {
            return new ZipPictures(imageDir);
        }

        bool isRecursive = options.Recursive || options.LabelFile == CreateFromImagesOptions.FolderLabels;
        FolderPictures pictures = new(imageDir, isRecursive, except: options.LabelFile);
        if (!isRecursive && ImageFiles.FoldersIn(imageDir).Select(Path.GetFileName).ToArray() is [{ } first, ..] folders)
        {
            options.Export.Progress?.PassedOver(
                $"{imageDir}: {folders.Length} folders in it are passed over, such as {first}; --recursive takes them too");
        }

        return pictures;
    }

    /// <summary>The labels asked for, or those of <c>dataset.json</c> among the pictures.</summary>
    private static PictureLabels? Labels(IPictureCollection pictures, string imageDir, CreateFromImagesOptions options)
    {
        PictureLabels? labels = options.LabelFile switch
        {
            CreateFromImagesOptions.NoLabels => null,
            CreateFromImagesOptions.FolderLabels => PictureLabels.OfFolders(imageDir, pictures.Names),
            { } file => Read(InputFile.Open(file), file),
            null => pictures.OpenCompanion(ExtractedLabels.FileName) is { } found ? ReadFound(found) : null,
        };
        if (labels?.ClassNames is { } numbers)
        {
            IEnumerable<string> table = numbers.OrderBy(c => c.Value).Select(c => $"{c.Value} {c.Key}");
            options.Export.Progress?.Noted($"Classes, kept in {DatasetFolder.ClassesName}: {string.Join(", ", table)}");
        }

        return labels;

        PictureLabels? ReadFound(Stream found)
        {
            string file = pictures.Describe(ExtractedLabels.FileName);
            PictureLabels? read = Read(found, file);
            options.Export.Progress?.Noted(
                read is null ? $"{file} says that there are no labels" : $"Labels are those of {file}; --labels none leaves them out");
            return read;
        }

        PictureLabels? Read(Stream stream, string file)
        {
            using (stream)
            {
                return PictureLabels.Load(stream, file, pictures.Names);
            }
        }
    }

    /// <summary>The pictures that are written, by their places among all.</summary>
    private static int[] Order(int pictures, CreateFromImagesOptions options)
    {
        int[] all = options.Shuffle ? TFRecordExporter.ShuffledOrder(pictures) : [.. Enumerable.Range(0, pictures)];
        return options.Shard is { } shard ? all[shard.PieceOf(pictures)] : all;
    }

    /// <summary>What the images and labels of a dataset depend on besides the pictures.</summary>
    private static Dictionary<string, string> Settings(CreateFromImagesOptions options, NDArray? labels) => new()
    {
        ["shuffle"] = options.Shuffle ? "1" : "0",
        ["resize"] = options.Resize?.ToString(CultureInfo.InvariantCulture) ?? "none",
        ["convert"] = options.Decoding.Conversion.ToString(),
        ["depth"] = options.Decoding.Depth.ToString(),
        ["exif-orientation"] = options.Decoding.ExifOrientation.ToString(),
        ["key-order"] = options.Export.KeyOrder.ToString(),
        ["labels"] = labels is null ? "none" : $"[{string.Join(", ", labels.shape)}], XXH128 {HashOf(labels)}",
    };

    private static string HashOf(NDArray labels) =>
        Convert.ToHexStringLower(XxHash128.Hash(MemoryMarshal.AsBytes<float>(labels.Values<float>())));
}
