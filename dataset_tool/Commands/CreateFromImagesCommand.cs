using System.CommandLine;
using System.Numerics;
using DatasetTool.CommandLine;
using DatasetTool.Export;
using Imaging;

namespace DatasetTool.Commands;

/// <summary><c>create_from_images</c> on the command line.</summary>
internal static class CreateFromImagesCommand
{
    internal static Command Define()
    {
        Argument<string> imageDir = new("image_dir") { Description = "Directory containing the images" };
        Option<int> shuffle = new("--shuffle") { Description = "Randomize image order", DefaultValueFactory = _ => 1 };
        Option<string?> convert = new Option<string?>("--convert") { Description = "Convert every picture, whatever its colours, to this" }.AcceptOnlyFromAmong("rgb");
        Option<bool> recursive = new("--recursive") { Description = "Take the images in directories inside the directory too" };
        Option<string?> labels = new("--labels") { Description = "Labels: lines PATH,CLASS or PATH,VALUE,VALUE... (.csv), or {\"labels\": [[PATH, CLASS or VALUES], ...]} (.json)", HelpName = "FILE" };
        Option<int?> resize = new Option<int?>("--resize") { Description = "Bring the largest square in each image's middle to this size", HelpName = "N" }
            .Where(n => n is { } size && BitOperations.IsPow2(size) && size >= ImagePyramid.SmallestSize, $"a power of two from {ImagePyramid.SmallestSize} on");
        Command command = new("create_from_images", "Create dataset from a directory full of images.")
        {
            ExportSettings.TFRecordDir, imageDir, shuffle, convert, recursive, labels, resize,
        };
        return command.WithExportSettings().Doing((result, cancellation) =>
        {
            string directory = result.GetRequiredValue(imageDir);
            Console.WriteLine($"Loading images from \"{directory}\"");
            ExportProgress.Show(progress => CreateFromImages.Run(result.GetRequiredValue(ExportSettings.TFRecordDir), directory, new CreateFromImagesOptions
            {
                Shuffle = result.GetValue(shuffle) != 0,
                Conversion = result.GetValue(convert) is null ? ColorConversion.None : ColorConversion.Rgb,
                Recursive = result.GetValue(recursive),
                LabelFile = result.GetValue(labels),
                Resize = result.GetValue(resize),
                Export = ExportSettings.Read(result, progress),
            }, cancellation));
        });
    }
}
