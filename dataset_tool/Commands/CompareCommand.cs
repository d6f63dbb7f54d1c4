using System.CommandLine;
using DatasetTool.CommandLine;
using NumSharp;
using TensorGraph.Numpy;
using Training.Datasets;

namespace DatasetTool.Commands;

/// <summary><c>compare</c>: says which images and labels of two datasets differ.</summary>
internal static class CompareCommand
{
    private const int Interval = 100;

    internal static Command Define()
    {
        Argument<string> first = new("tfrecord_dir_a") { Description = "Directory containing first dataset" };
        Argument<string> second = new("tfrecord_dir_b") { Description = "Directory containing second dataset" };
        Option<int> ignoreLabels = new("--ignore_labels") { Description = "Ignore labels" };
        Command command = new("compare", "Compare two datasets.") { first, second, ignoreLabels };
        return command.Doing((result, cancellation) =>
            Run(result.GetRequiredValue(first), result.GetRequiredValue(second), result.GetValue(ignoreLabels) != 0, cancellation));
    }

    private static void Run(string first, string second, bool ignoreLabels, CancellationToken cancellation)
    {
        int maxLabelSize = ignoreLabels ? 0 : TFRecordDatasetOptions.FullLabels;
        using DatasetReading a = new(first, maxLabelSize);
        using DatasetReading b = new(second, maxLabelSize);
        Console.WriteLine("Comparing datasets");
        int index = 0, identicalImages = 0, identicalLabels = 0;
        foreach (((NDArray Image, NDArray Label) ofA, (NDArray Image, NDArray Label) ofB) in Pairs(a, b, cancellation))
        {
            identicalImages += Check("Image", index, ofA.Image, ofB.Image);
            identicalLabels += Check("Label", index, ofA.Label, ofB.Label);
            index++;
            ShowCount(index);
        }

        Console.WriteLine($"Identical images: {identicalImages} / {index}");
        if (!ignoreLabels)
        {
            Console.WriteLine($"Identical labels: {identicalLabels} / {index}");
        }
    }

    /// <summary>What both datasets have at each place; says so where one ends before the other.</summary>
    private static IEnumerable<((NDArray Image, NDArray Label) A, (NDArray Image, NDArray Label) B)> Pairs(
        DatasetReading a, DatasetReading b, CancellationToken cancellation)
    {
        ShowCount(0);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            (NDArray, NDArray)? nextOfA = a.Next(), nextOfB = b.Next();
            if (nextOfA is { } ofA && nextOfB is { } ofB)
            {
                yield return (ofA, ofB);
                continue;
            }

            if (nextOfA.HasValue != nextOfB.HasValue)
            {
                Console.WriteLine("Datasets contain different number of images");
            }

            yield break;
        }
    }

    private static int Check(string what, int index, NDArray a, NDArray b)
    {
        bool isSame = a.shape.SequenceEqual(b.shape) && a.dtype == b.dtype && a.Bytes().SequenceEqual(b.Bytes());
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        if (isSame)
        {
            return 1;
        }

        Console.WriteLine($"{what} {index} is different");
        return 0;
    }

    private static void ShowCount(int index)
    {
        if (index % Interval == 0)
        {
            Console.Write($"{index}\r");
        }
    }
}
