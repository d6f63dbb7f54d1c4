using System.CommandLine;
using DatasetTool.CommandLine;
using DatasetTool.Sources;
using Training;

namespace DatasetTool.Commands;

/// <summary><c>extract</c>: saves the images of a dataset as PNG files.</summary>
internal static class ExtractCommand
{
    internal static Command Define()
    {
        Argument<string> tfrecordDir = new("tfrecord_dir") { Description = "Directory containing dataset" };
        Argument<string> outputDir = new("output_dir") { Description = "Directory to extract the images into" };
        Command command = new("extract", "Extract images from dataset.") { tfrecordDir, outputDir };
        return command.Doing((result, cancellation) => Run(result.GetRequiredValue(tfrecordDir), result.GetRequiredValue(outputDir), cancellation));
    }

    private static void Run(string tfrecordDir, string outputDir, CancellationToken cancellation)
    {
        using DatasetReading dataset = new(tfrecordDir, maxLabelSize: 0);
        Console.WriteLine($"Extracting images to \"{outputDir}\"");
        MakeFolder(outputDir);
        int count = ProgressDisplay.Show(display => SaveImages(dataset, outputDir, display, cancellation));
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

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: the output folder cannot be written ({error.Message}); choose another or change its permissions", error);
        }
    }
}
