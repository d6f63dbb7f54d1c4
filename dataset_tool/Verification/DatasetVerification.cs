using DatasetTool.Export;
using NumSharp;
using TensorGraph.Numpy;

namespace DatasetTool.Verification;

/// <summary>
/// Reads a whole dataset and finds what is wrong with it: checksums, shapes, levels that are not the pyramid of the largest, numbers of
/// images and of labels.
/// </summary>
/// <param name="report">Is told each problem in one line that says where it is.</param>
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
        List<LevelFile> files = LevelFile.In(folder);
        CheckLevels(folder, files);
        List<LevelWalk> walks = [];
        try
        {
            walks.AddRange(files.Select(f => new LevelWalk(f, Report)));
            while (walks.Exists(w => !w.HasEnded))
            {
                cancellation.ThrowIfCancellationRequested();
                CheckNext(walks);
            }

            CheckCounts(walks);
            CheckLabels(folder, isCounted: walks[0].IsWhole);
        }
        finally
        {
            walks.ForEach(w => w.Dispose());
        }
    }

    /// <summary>There is one file for each level from the largest down to 4x4.</summary>
    private void CheckLevels(string folder, List<LevelFile> files)
    {
        for (int log2 = files[0].Log2; 1 << log2 >= ImagePyramid.SmallestSize; log2--)
        {
            LevelFile[] ofLevel = [.. files.Where(f => f.Log2 == log2)];
            if (ofLevel.Length != 1)
            {
                string names = string.Join(" and ", ofLevel.Select(f => f.Name));
                Report($"{folder}: {(names.Length == 0 ? "no file" : names)} "
                    + $"with images of {1 << log2} x {1 << log2} pixels, where one is to be");
            }
        }
    }

    private static void CheckNext(List<LevelWalk> walks)
    {
        LevelWalk largest = walks[0];
        int index = largest.Count;
        ReadOnlySpan<byte> image = largest.HasEnded ? [] : largest.Next();
        List<Memory<byte>> levels = image.IsEmpty ? [] : Pyramid(image, largest);
        foreach (LevelWalk walk in walks.Skip(1).Where(w => !w.HasEnded))
        {
            ReadOnlySpan<byte> smaller = walk.Next();
            int lod = largest.File.Log2 - walk.File.Log2;
            if (!smaller.IsEmpty && lod > 0 && lod <= levels.Count && !smaller.SequenceEqual(levels[lod - 1].Span))
            {
                walk.Report($"image {index} is not that of {largest.File.Name} made smaller");
            }
        }
    }

    private static List<Memory<byte>> Pyramid(ReadOnlySpan<byte> image, LevelWalk largest)
    {
        List<Memory<byte>> levels = [];
        for (int size = largest.File.Size / 2; size >= ImagePyramid.SmallestSize; size /= 2)
        {
            levels.Add(new byte[largest.Channels * size * size]);
        }

        ImagePyramid.Compute(image, largest.Channels, largest.File.Size, levels);
        return levels;
    }

    private void CheckCounts(List<LevelWalk> walks)
    {
        Images = walks[0].Count;
        if (walks[0].IsWhole && Images == 0)
        {
            Report($"{walks[0].File.Path}: there are no records in it");
        }

        IEnumerable<LevelWalk> whole = walks.Where(w => w.IsWhole && walks[0].IsWhole);
        foreach (LevelWalk walk in whole.Where(w => w.Count != Images || w.Channels != walks[0].Channels))
        {
            Report($"{walk.File.Path}: {walk.Count} images of {walk.Channels} channels, "
                + $"where {walks[0].File.Name} has {Images} of {walks[0].Channels}");
        }
    }

    private void CheckLabels(string folder, bool isCounted)
    {
        foreach (string file in LevelFile.LabelsIn(folder))
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
