using System.CommandLine;
using DatasetTool.CommandLine;
using DatasetTool.Export;

namespace DatasetTool.Commands;

/// <summary>What the commands that make a dataset of another one have in common.</summary>
internal static class CreateCommand
{
    /// <summary>Makes the dataset.</summary>
    internal delegate void Creation(
        ParseResult result, string tfrecordDir, string source, ExporterOptions options, CancellationToken cancellation);

    /// <summary>Defines a command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="source">The argument that says where the other dataset is.</param>
    /// <param name="loading">What it says of that.</param>
    /// <param name="create">Its work.</param>
    /// <param name="options">Its own options.</param>
    internal static Command Define(
        string name, string description, Argument<string> source, string loading, Creation create, params ReadOnlySpan<Option> options)
    {
        Command command = new(name, description) { ExportSettings.TFRecordDir, source };
        foreach (Option option in options)
        {
            command.Add(option);
        }

        return command.WithExportSettings().Doing((result, cancellation) =>
        {
            string target = result.GetRequiredValue(ExportSettings.TFRecordDir), from = result.GetRequiredValue(source);
            Console.WriteLine($"Loading {loading} from \"{from}\"");
            ExportProgress.Show(progress => create(result, target, from, ExportSettings.Read(result, progress), cancellation));
        });
    }
}
