using System.CommandLine;
using DatasetTool.CommandLine;
using DatasetTool.Parts;

namespace DatasetTool.Commands;

/// <summary><c>merge</c> on the command line.</summary>
internal static class MergeCommand
{
    private static readonly Argument<string[]> s_folders = new("part_dir... tfrecord_dir")
    {
        Description = "Directories of all parts, in any order, and new dataset directory to be created",
        Arity = new ArgumentArity(2, ArgumentArity.OneOrMore.MaximumNumberOfValues),
    };

    internal static Command Define() =>
        new Command("merge", "Join the parts that create_from_images --shard has written to one dataset, without decoding.")
        {
            s_folders,
            OverwriteOption.Flag,
        }.Doing((result, cancellation) =>
        {
            string[] folders = result.GetRequiredValue(s_folders);
            Console.WriteLine($"Merging {folders.Length - 1} parts");
            ExportProgress.Show(progress =>
                MergeParts.Run(folders[^1], folders[..^1], result.GetValue(OverwriteOption.Flag), progress, cancellation));
        });
}
