using System.CommandLine;
using System.Text.RegularExpressions;
using DatasetTool.CommandLine;
using DatasetTool.Export;
using DatasetTool.Sources;
using Training;

namespace DatasetTool.Commands;

/// <summary><c>extract</c>: saves the images of a dataset as PNG files.</summary>
internal static partial class ExtractCommand
{
    internal static Command Define()
    {
        Argument<string> tfrecordDir = new("tfrecord_dir") { Description = "Directory containing dataset" };
        Argument<string> outputDir = new("output_dir") { Description = "Directory to extract the images into" };
        Command command = new("extract", "Extract images from dataset.") { tfrecordDir, outputDir, OverwriteOption.Flag };
        return command.Doing((result, cancellation) =>
        {
            (string from, string to) = (result.GetRequiredValue(tfrecordDir), result.GetRequiredValue(outputDir));
            Run(from, to, result.GetValue(OverwriteOption.Flag), cancellation);
        });
    }

    private static void Run(string tfrecordDir, string outputDir, bool overwrite, CancellationToken cancellation)
    {
        using DatasetReading dataset = new(tfrecordDir, maxLabelSize: 0);
        Console.WriteLine($"Extracting images to \"{outputDir}\"");
        using StagedFolder folder = new(outputDir, file => ImageName().IsMatch(file), overwrite);
        int count = ProgressDisplay.Show(display => SaveImages(dataset, folder.Folder, display, cancellation));
        folder.Commit();
        Console.WriteLine($"Extracted {count} images.");
    }

    private static int SaveImages(DatasetReading dataset, string outputDir, ProgressDisplay display, CancellationToken cancellation)
    {
        using ShownTask task = display.Begin("Extracted");
        int index = 0;
        for (; dataset.Next() is ({ } image, _); index++)
        {
            cancellation.ThrowIfCancellationRequested();
            task.Report(index);
            Misc.SaveImageGrid(image, Path.Combine(outputDir, $"img{index:D8}.png"), (0, 255));
        }

        return index;
    }

    [GeneratedRegex(@"^img\d{8,}\.png$")]
    private static partial Regex ImageName();
}
