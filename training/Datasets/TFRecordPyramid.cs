using System.Numerics;
using TensorGraph.Records;

namespace Training.Datasets;

/// <summary>A dataset's levels as a pyramid: square images, each level half as large as the one before.</summary>
/// <param name="Shape">Shape of the images at full resolution.</param>
/// <param name="Levels">Files and image shape of each level of detail, from 0, full resolution, on.</param>
internal sealed record TFRecordPyramid(
    ImageShape Shape, IReadOnlyDictionary<int, (IReadOnlyList<string> Files, ImageShape Shape)> Levels)
{
    /// <summary>The pyramid in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="resolution">Full resolution; null for that of the largest images.</param>
    /// <exception cref="InvalidDataException">Its levels are not a whole pyramid.</exception>
    /// <exception cref="RecordException">A level's first record is damaged, or holds no pixels.</exception>
    internal static TFRecordPyramid Of(TFRecordFolder folder, int? resolution)
    {
        (TFRecordLevel Level, ImageShape Shape)[] levels = [.. folder.Levels.Select(l => (l, l.ReadShape()))];
        ImageShape largest = levels[0].Shape;
        ImageShape full = largest with { Height = resolution ?? largest.Height, Width = resolution ?? largest.Height };
        int log2 = BitOperations.Log2((uint)full.Height);
        foreach ((TFRecordLevel level, ImageShape shape) in levels)
        {
            RequirePlace(level, shape, full, log2 - level.Log2);
        }

        for (int missing = log2; missing >= 2; missing--)
        {
            if (!folder.Levels.Any(l => l.Log2 == missing))
            {
                throw new InvalidDataException(
                    $"{folder.Path}: there is no .tfrecords file with images of {1 << missing} pixels; make the dataset again with "
                        + "dataset_tool");
            }
        }

        return new TFRecordPyramid(
            full, levels.Where(l => l.Level.Log2 <= log2).ToDictionary(l => log2 - l.Level.Log2, l => (l.Level.Files, l.Shape)));
    }

    private static void RequirePlace(TFRecordLevel level, ImageShape shape, ImageShape full, int lod)
    {
        int side = lod < 0 ? full.Height << -lod : full.Height >> lod;
        if (shape != full with { Height = side, Width = side })
        {
            throw new InvalidDataException($"{level.Files[0]}: its images of shape {shape} are not a level of a pyramid below {full}");
        }
    }
}
