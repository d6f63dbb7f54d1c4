using System.CommandLine;
using System.Numerics;
using DatasetTool.CommandLine;
using DatasetTool.Export;
using TensorGraph.Records;

namespace DatasetTool.Commands;

/// <summary>The options of every command that writes a dataset.</summary>
internal static class ExportSettings
{
    private const string DataShape = "data,shape";
    private const string ShapeData = "shape,data";

    /// <summary>What the width and height of a dataset's pictures must be.</summary>
    internal static string SizeRule { get; } = $"a power of two, at least {ImagePyramid.SmallestSize}";

    internal static Argument<string> TFRecordDir { get; } = new("tfrecord_dir") { Description = "New dataset directory to be created" };

    /// <summary>The option of commands that can bring pictures to a size; added by them.</summary>
    internal static Option<int?> Resize { get; } =
        NumberOption.Optional<int>("--resize", "Bring the largest square in each image's middle to this size", IsSize, SizeRule);

    /// <summary>The option of commands that can leave pictures out; added by them.</summary>
    internal static Option<bool> SkipBad { get; } =
        new("--skip-bad") { Description = "Leave out images that cannot be taken, and name them at the end" };

    private static Option<int> Workers { get; } =
        NumberOption.Of("--workers", "Pictures worked on at once", Environment.ProcessorCount, least: 1);

    private static Option<string> KeyOrder { get; } = new Option<string>("--key-order")
    {
        Description = "Which feature of a record comes first: data as today's protobuf writes them, shape as the pure Python one did",
        DefaultValueFactory = _ => DataShape,
    }.AcceptOnlyFromAmong(DataShape, ShapeData);

    /// <summary>Adds the options to a command.</summary>
    internal static Command WithExportSettings(this Command command)
    {
        command.Add(Workers);
        command.Add(KeyOrder);
        command.Add(OverwriteOption.Flag);
        return command;
    }

    /// <summary>The settings that the command line gives, with progress shown as told.</summary>
    internal static ExporterOptions Read(ParseResult result, IExportProgress progress) => new()
    {
        Workers = result.GetValue(Workers),
        KeyOrder = result.GetValue(KeyOrder) == ShapeData ? ExampleKeyOrder.ShapeData : ExampleKeyOrder.DataShape,
        Overwrite = result.GetValue(OverwriteOption.Flag),
        SkipBad = result.CommandResult.Command.Options.Contains(SkipBad) ? result.GetValue(SkipBad) : null,
        Progress = progress,
    };

    /// <summary>Whether pictures of a dataset can have a width and height.</summary>
    internal static bool IsSize(int size) => BitOperations.IsPow2(size) && size >= ImagePyramid.SmallestSize;
}
