using System.CommandLine;
using System.CommandLine.Parsing;
using DatasetTool.CommandLine;
using DatasetTool.Creation;

namespace DatasetTool.Commands;

/// <summary><c>create_from_images</c> on the command line.</summary>
internal static class CreateFromImagesCommand
{
    internal static Command Define()
    {
        Argument<string> imageDir = new("image_dir") { Description = "Directory containing the images, or .zip file of them" };
        Option<int> shuffle = NumberOption.Of("--shuffle", "Randomize image order", 1);
        Option<bool> recursive = new("--recursive") { Description = "Take the images in directories inside the directory too" };
        Option<string?> labels = new("--labels")
        {
            Description = "Labels: lines PATH,CLASS or PATH,VALUE,VALUE... (.csv), or "
                + "{\"labels\": [[PATH, CLASS or [VALUES]], ...]} (.json); "
                + "folders takes the directory of an image as its class, none leaves labels out (default: dataset.json, if it is there)",
            HelpName = "FILE|folders|none",
        };
        Option<Shard?> shard = ShardOption.Define("Write one part of the dataset, for merge");
        return CreateCommand.Define(
            "create_from_images",
            "Create dataset from a directory full of images.",
            imageDir,
            "images",
            (result, target, source, options, cancellation) => CreateFromImages.Run(
                target,
                source,
                new CreateFromImagesOptions
                {
                    Shuffle = result.GetValue(shuffle) != 0,
                    Decoding = DecodingFlags.Read(result),
                    Recursive = result.GetValue(recursive),
                    LabelFile = result.GetValue(labels),
                    Resize = result.GetValue(ExportSettings.Resize),
                    Shard = result.GetValue(shard),
                    Export = options,
                },
                cancellation),
            [shuffle, recursive, labels, ExportSettings.Resize, ExportSettings.SkipBad, shard]).WithDecodingFlags().Refusing(
                result => result.GetValue(ExportSettings.SkipBad) && result.GetValue(shard) is not null,
                "--skip-bad and --shard do not go together: parts must agree on the pictures; remove the bad ones instead");
    }

    private static Command Refusing(this Command command, Predicate<CommandResult> isWrong, string problem)
    {
        command.Validators.Add(result =>
        {
            if (isWrong(result))
            {
                result.AddError(problem);
            }
        });
        return command;
    }
}
