using System.CommandLine;
using DatasetTool.CommandLine;
using Training;

namespace DatasetTool.Commands;

/// <summary><c>extract</c>: saves the images of a dataset as PNG files.</summary>
internal static class ExtractCommand
{
    private const int Interval = 10;

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
        int index = 0;
        while (dataset.Next() is ({ } image, _))
        {
            cancellation.ThrowIfCancellationRequested();
            if (index % Interval == 0)
            {
                Console.Write($"{index}\r");
            }

            Misc.SaveImageGrid(image, Path.Combine(outputDir, $"img{index:D8}.png"), (0, 255));
            index++;
        }

        Console.WriteLine($"Extracted {index} images.");
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
