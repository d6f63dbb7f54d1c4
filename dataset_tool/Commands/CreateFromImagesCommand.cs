using System.CommandLine;
using DatasetTool.Images;

namespace DatasetTool.Commands;

/// <summary><c>create_from_images</c> on the command line.</summary>
internal static class CreateFromImagesCommand
{
    internal static Command Define()
    {
        Argument<string> imageDir = new("image_dir") { Description = "Directory containing the images" };
        Option<int> shuffle = new("--shuffle") { Description = "Randomize image order", DefaultValueFactory = _ => 1 };
        Option<string?> convert = new Option<string?>("--convert") { Description = "Convert every picture, whatever its colours, to this" }.AcceptOnlyFromAmong("rgb");
        Command command = new("create_from_images", "Create dataset from a directory full of images.") { ExportSettings.TFRecordDir, imageDir, shuffle, convert };
        return command.WithExportSettings().Doing((result, cancellation) =>
        {
            string directory = result.GetRequiredValue(imageDir);
            Console.WriteLine($"Loading images from \"{directory}\"");
            ExportProgress.Show(progress => CreateFromImages.Run(result.GetRequiredValue(ExportSettings.TFRecordDir), directory, new CreateFromImagesOptions
            {
                Shuffle = result.GetValue(shuffle) != 0,
                Conversion = result.GetValue(convert) is null ? ColorConversion.None : ColorConversion.Rgb,
                Export = ExportSettings.Read(result, progress),
            }, cancellation));
        });
    }
}
