using DatasetTool.Export;
using NumSharp;
using TensorGraph.Numpy;
using Training.Datasets;

namespace DatasetTool.Verification;

/// <summary>
/// Reads a whole dataset and finds what is wrong with it: checksums, shapes, levels that are not the pyramid of the largest, numbers of
/// images and of labels.
/// </summary>
/// <param name="report">Receives each problem, one line that says where it is.</param>
internal sealed class DatasetVerification(Action<string> report)
{
    /// <summary>Problems found.</summary>
    internal int Problems { get; private set; }

    /// <summary>Images of the largest level.</summary>
    internal int Images { get; private set; }

    /// <summary>Reads a dataset.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    internal void Run(string folder, CancellationToken cancellation)
    {
        TFRecordFolder dataset = TFRecordFolder.Open(folder);
        CheckLevels(dataset);
        List<LevelWalk> walks = [];
        try
        {
            walks.AddRange(dataset.Levels.Select(l => new LevelWalk(l, Report)));
            while (walks.Exists(w => !w.HasEnded))
            {
                cancellation.ThrowIfCancellationRequested();
                CheckNext(walks);
            }

            CheckCounts(walks);
            CheckLabels(dataset, isCounted: walks[0].IsWhole);
        }
        finally
        {
            walks.ForEach(w => w.Dispose());
        }
    }

    /// <summary>There are images for each level from the largest down to 4x4, but in raw datasets.</summary>
    private void CheckLevels(TFRecordFolder dataset)
    {
        TFRecordLevel largest = dataset.Levels[0];
        for (int log2 = largest.Log2; !largest.IsRaw && 1 << log2 >= ImagePyramid.SmallestSize; log2--)
        {
            if (!dataset.Levels.Any(l => l.Log2 == log2))
            {
                Report($"{dataset.Path}: no file with images of {1 << log2} x {1 << log2} pixels, where one is expected");
            }
        }
    }

    private static void CheckNext(List<LevelWalk> walks)
    {
        LevelWalk largest = walks[0];
        int index = largest.Count;
        ReadOnlySpan<byte> image = largest.HasEnded ? [] : largest.Next();
        List<Memory<byte>> levels = image.IsEmpty || largest.Level.IsRaw ? [] : Pyramid(image, largest);
        foreach (LevelWalk walk in walks.Skip(1).Where(w => !w.HasEnded))
        {
            ReadOnlySpan<byte> smaller = walk.Next();
            int lod = largest.Level.Log2 - walk.Level.Log2;
            if (!smaller.IsEmpty && lod > 0 && lod <= levels.Count && !smaller.SequenceEqual(levels[lod - 1].Span))
            {
                walk.Report($"image {index} is not that of {largest.Level.Name} made smaller");
            }
        }
    }

    private static List<Memory<byte>> Pyramid(ReadOnlySpan<byte> image, LevelWalk largest)
    {
        List<Memory<byte>> levels = [];
        for (int size = largest.Level.Size / 2; size >= ImagePyramid.SmallestSize; size /= 2)
        {
            levels.Add(new byte[largest.Channels * size * size]);
        }

        ImagePyramid.Compute(image, largest.Channels, largest.Level.Size, levels);
        return levels;
    }

    private void CheckCounts(List<LevelWalk> walks)
    {
        Images = walks[0].Count;
        if (walks[0].IsWhole && Images == 0)
        {
            Report($"{walks[0].Level.Files[0]}: there are no records in it");
        }

        foreach (
            LevelWalk walk in walks.Where(w => w.IsWhole && walks[0].IsWhole && (w.Count != Images || w.Channels != walks[0].Channels)))
        {
            Report($"{walk.Level.Files[0]}: {walk.Count} images of {walk.Channels} channels, where {walks[0].Level.Name} has {Images} of "
                + $"{walks[0].Channels}");
        }
    }

    private void CheckLabels(TFRecordFolder dataset, bool isCounted)
    {
        foreach (string file in dataset.LabelFiles)
        {
            try
            {
                NDArray labels = NpyFile.Load(file);
                if (labels.ndim != 2 || (isCounted && labels.shape[0] != Images))
                {
                    Report($"{file}: labels of shape [{string.Join(", ", labels.shape)}] for {Images} images");
                }
            }
            catch (InvalidDataException error)
            {
                Report(error.Message);
            }
        }
    }

    private void Report(string problem)
    {
        Problems++;
        report(problem);
    }
}
