using DatasetTool.Export;
using NumSharp;
using TensorGraph.Numpy;
using Training.Datasets;

namespace DatasetTool.Parts;

/// <summary>Joins the parts of a dataset that several processes have written, as one process would have written it.</summary>
public static class MergeParts
{
    /// <summary>
    /// Writes the dataset; the parts stay. Records are copied as they are. The dataset appears whole or, on any error, not at all.
    /// </summary>
    /// <param name="tfrecordDir">The dataset's folder.</param>
    /// <param name="parts">The parts' folders, in any order.</param>
    /// <param name="overwrite">Whether a dataset that is in the folder already is replaced.</param>
    /// <param name="progress">Receives progress; null for no one.</param>
    /// <param name="cancellation">Ends the work between two blocks.</param>
    /// <returns>The number of images.</returns>
    /// <exception cref="InvalidDataException">A part is missing, given twice, damaged, or made of another list of pictures or with other
    /// settings; one line that names its folder, what is wrong and what to do.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static int Run(
        string tfrecordDir,
        IReadOnlyList<string> parts,
        bool overwrite = false,
        IExportProgress? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count);
        if (parts.FirstOrDefault(p => FullPath(p) == FullPath(tfrecordDir)) is { } own)
        {
            throw new InvalidDataException($"{own}: a part, whose folder cannot be that of the whole dataset; choose another");
        }

        DatasetPart[] opened = PartsOfOne.Open(parts);
        int images = opened[0].Record.Pictures.Count;
        using DatasetFolder folder = new(tfrecordDir, overwrite);
        progress?.Started(tfrecordDir, images);
        CopyFiles([.. opened.Where(p => p.Images > 0)], folder, part => progress?.Adding((int)(part * images)), cancellation);
        folder.CopyClasses(parts[0]);
        folder.Commit();
        progress?.Finished(images);
        return images;
    }

    /// <summary>Copies all files, a level after the other; those of the parts follow one another.</summary>
    private static void CopyFiles(DatasetPart[] parts, DatasetFolder folder, Action<double> report, CancellationToken cancellation)
    {
        double done = 0, all = parts.Sum(p => p.Record.Files.Values.Sum(f => (double)f.Bytes));
        foreach (string ending in parts[0].Endings)
        {
            if (ending == DatasetFolder.LabelEnding)
            {
                folder.WriteLabels(Labels(parts, cancellation));
                continue;
            }

            using FileStream level = folder.Create(ending);
            foreach (DatasetPart part in parts)
            {
                part.Read(ending, block => Append(level, block), cancellation);
            }
        }

        void Append(FileStream level, ReadOnlyMemory<byte> block)
        {
            folder.Write(() => level.Write(block.Span));
            report((done += block.Length) / all);
        }
    }

    private static NDArray Labels(DatasetPart[] parts, CancellationToken cancellation)
    {
        List<NDArray> labels = [];
        foreach (DatasetPart part in parts)
        {
            part.Read(DatasetFolder.LabelEnding, _ => { }, cancellation);
            string file = part.FileOf(DatasetFolder.LabelEnding);
            NDArray read = TFRecordFolder.ReadLabels(file);
            labels.Add(read.shape[0] == part.Images && read.shape[1] == (labels.Count == 0 ? read : labels[0]).shape[1]
                ? read.astype(typeof(float))
                : throw new InvalidDataException(
                    $"{file}: labels of shape [{string.Join(", ", read.shape)}] for {part.Images} images do not fit those of the others; "
                    + "the part is damaged, make it again"));
        }

        return labels.SelectMany(l => l.Values<float>()).ToArray().ToNDArray(labels.Sum(l => l.shape[0]), labels[0].shape[1]);
    }

    private static string FullPath(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}
