using System.CommandLine;
using DatasetTool.Creation;

namespace DatasetTool.Commands;

/// <summary><c>create_from_tfrecords</c> on the command line.</summary>
internal static class CreateFromTFRecordsCommand
{
    internal static Command Define()
    {
        Argument<string> source = new("source_dir") { Description = "Directory containing the other dataset" };
        return CreateCommand.Define(
            "create_from_tfrecords",
            "Create dataset with all levels of detail from one with raw records or only its largest images.",
            source,
            "dataset",
            (result, target, from, options, cancellation) =>
                CreateFromTFRecords.Run(target, from, result.GetValue(ExportSettings.Resize), options, cancellation),
            ExportSettings.Resize,
            ExportSettings.SkipBad);
    }
}
