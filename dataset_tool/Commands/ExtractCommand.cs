using System.CommandLine;
using DatasetTool.CommandLine;
using DatasetTool.Export;
using DatasetTool.Sources;
using Imaging.Writing;
using SixLabors.ImageSharp;
using TensorGraph.Numpy;
using Training;

namespace DatasetTool.Commands;

/// <summary><c>extract</c>: saves the images of a dataset as PNG files, with their labels.</summary>
internal static class ExtractCommand
{
    internal static Command Define()
    {
        Argument<string> tfrecordDir = new("tfrecord_dir") { Description = "Directory containing dataset" };
        Argument<string> outputDir = new("output_dir")
        {
            Description = "Directory to extract the images into, or a .zip file as stylegan2-ada-pytorch has them",
        };
        Command command = new("extract", "Extract images from dataset.") { tfrecordDir, outputDir, OverwriteOption.Flag };
        return command.Doing((result, cancellation) =>
        {
            (string from, string to) = (result.GetRequiredValue(tfrecordDir), result.GetRequiredValue(outputDir));
            Run(from, to, result.GetValue(OverwriteOption.Flag), cancellation);
        });
    }

    private static void Run(string tfrecordDir, string outputDir, bool overwrite, CancellationToken cancellation)
    {
        using DatasetReading dataset = new(tfrecordDir, maxLabelSize: int.MaxValue);
        Console.WriteLine($"Extracting images to \"{outputDir}\"");
        bool isZip = Path.GetExtension(outputDir).Equals(".zip", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(outputDir);
        using IExtraction target = isZip ? new ExtractionZip(outputDir, overwrite) : new ExtractionFolder(outputDir, overwrite);
        List<float[]> labels = ProgressDisplay.Show(display => SaveImages(dataset, target, display, cancellation));
        if (labels is [{ Length: > 0 }, ..])
        {
            string[] pictures = [.. labels.Select((_, i) => target.NameOf(i))];
            target.Write(ExtractedLabels.FileName, stream => ExtractedLabels.Write(stream, pictures, labels));
            string classes = Path.Combine(tfrecordDir, DatasetFolder.ClassesName);
            if (File.Exists(classes))
            {
                target.Write(DatasetFolder.ClassesName, stream => stream.Write(File.ReadAllBytes(classes)));
            }
        }

        target.Commit();
        Console.WriteLine($"Extracted {labels.Count} images.");
    }

    /// <summary>Saves all images.</summary>
    /// <returns>Their labels.</returns>
    private static List<float[]> SaveImages(
        DatasetReading dataset, IExtraction target, ProgressDisplay display, CancellationToken cancellation)
    {
        using ShownTask task = display.Begin("Extracted");
        List<float[]> labels = [];
        while (dataset.Next() is ({ } image, { } label))
        {
            cancellation.ThrowIfCancellationRequested();
            task.Report(labels.Count);
            using Image picture = Misc.ConvertToPilImage(image[0], (0, 255));
            target.Write(target.NameOf(labels.Count), stream => PngWriter.Write(picture, stream));
            labels.Add(label.astype(typeof(float)).Values<float>());
        }

        return labels;
    }
}
