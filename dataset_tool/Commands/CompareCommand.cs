using System.CommandLine;
using DatasetTool.CommandLine;
using DatasetTool.Sources;
using Dnnlib;
using NumSharp;
using Training.Datasets;

namespace DatasetTool.Commands;

/// <summary><c>compare</c>: says which images and labels of two datasets differ, and fails if any do.</summary>
internal static class CompareCommand
{
    internal static Command Define()
    {
        Argument<string> first = new("tfrecord_dir_a") { Description = "Directory containing first dataset" };
        Argument<string> second = new("tfrecord_dir_b") { Description = "Directory containing second dataset" };
        Option<int> ignoreLabels = NumberOption.Of("--ignore_labels", "Ignore labels", 0);
        Command command = new("compare", "Compare two datasets.") { first, second, ignoreLabels };
        return command.Counting((result, cancellation) =>
        {
            bool areLabelsCompared = result.GetValue(ignoreLabels) == 0;
            int maxLabelSize = areLabelsCompared ? TFRecordDatasetOptions.FullLabels : 0;
            using DatasetReading a = new(result.GetRequiredValue(first), maxLabelSize);
            using DatasetReading b = new(result.GetRequiredValue(second), maxLabelSize);
            Console.WriteLine("Comparing datasets");
            DatasetDifferences differences = ProgressDisplay.Show(display => Compare(a, b, display, cancellation));
            Report(differences, areLabelsCompared);
            return differences.Any ? 1 : 0;
        });
    }

    private static DatasetDifferences Compare(DatasetReading a, DatasetReading b, ProgressDisplay display, CancellationToken cancellation)
    {
        using ShownTask task = display.Begin("Compared");
        for (DatasetDifferences differences = new(0, 0, 0, false); ;)
        {
            cancellation.ThrowIfCancellationRequested();
            task.Report(differences.Pairs);
            (NDArray Image, NDArray Label)? nextOfA = a.Next(), nextOfB = b.Next();
            if (nextOfA is not { } ofA || nextOfB is not { } ofB)
            {
                return differences with { AreCountsDifferent = nextOfA.HasValue != nextOfB.HasValue };
            }

            differences = new DatasetDifferences(
                differences.Pairs + 1,
                differences.Images + CountDifferent("Image", ofA.Image, ofB.Image),
                differences.Labels + CountDifferent("Label", ofA.Label, ofB.Label),
                false);

            int CountDifferent(string what, NDArray x, NDArray y)
            {
                bool isSame = StructuralComparer.Instance.Equals(x, y);
                if (!isSame)
                {
                    display.WriteLine($"{what} {differences.Pairs} is different");
                }

                return isSame ? 0 : 1;
            }
        }
    }

    private static void Report(DatasetDifferences differences, bool areLabelsCompared)
    {
        int pairs = differences.Pairs;
        if (differences.AreCountsDifferent)
        {
            Console.WriteLine("Datasets contain different number of images");
        }

        Console.WriteLine($"Identical images: {pairs - differences.Images} / {pairs}");
        if (areLabelsCompared)
        {
            Console.WriteLine($"Identical labels: {pairs - differences.Labels} / {pairs}");
        }

        if (differences.Any)
        {
            string counts = differences.AreCountsDifferent ? "; one dataset has more images than the other" : "";
            Console.Error.WriteLine(
                $"Error: the datasets differ: {differences.Images} of {pairs} images, {differences.Labels} of {pairs} labels{counts}");
        }
    }

    /// <summary>What differs between two datasets.</summary>
    /// <param name="Pairs">How many images and labels were compared.</param>
    /// <param name="Images">How many of the images differ.</param>
    /// <param name="Labels">How many of the labels differ.</param>
    /// <param name="AreCountsDifferent">Whether one dataset has more images than the other.</param>
    private sealed record DatasetDifferences(int Pairs, int Images, int Labels, bool AreCountsDifferent)
    {
        internal bool Any => AreCountsDifferent || Images + Labels > 0;
    }
}
