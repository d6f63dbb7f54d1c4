using System.CommandLine;
using DatasetTool.CommandLine;
using DatasetTool.Export;
using TensorGraph.Records;

namespace DatasetTool.Commands;

/// <summary>The options of every command that writes a dataset.</summary>
internal static class ExportSettings
{
    private const string DataShape = "data,shape";
    private const string ShapeData = "shape,data";

    internal static Argument<string> TFRecordDir { get; } = new("tfrecord_dir") { Description = "New dataset directory to be created" };

    private static Option<int> Workers { get; } = MakeWorkers();

    private static Option<string> KeyOrder { get; } = MakeKeyOrder();

    /// <summary>Adds the options to a command.</summary>
    internal static Command WithExportSettings(this Command command)
    {
        command.Add(Workers);
        command.Add(KeyOrder);
        return command;
    }

    /// <summary>The settings that the command line gives, with progress shown as told.</summary>
    internal static ExporterOptions Read(ParseResult result, IExportProgress progress) => new()
    {
        Workers = result.GetValue(Workers),
        KeyOrder = result.GetValue(KeyOrder) == ShapeData ? ExampleKeyOrder.ShapeData : ExampleKeyOrder.DataShape,
        Progress = progress,
    };

    private static Option<int> MakeWorkers() =>
        new Option<int>("--workers") { Description = "Pictures worked on at once", DefaultValueFactory = _ => Environment.ProcessorCount, HelpName = "N" }
            .Where(n => n > 0, "a number from 1 on");

    private static Option<string> MakeKeyOrder()
    {
        Option<string> option = new("--key-order")
        {
            Description = "Which feature of a record comes first: data as today's protobuf writes them, shape as the pure Python one did",
            DefaultValueFactory = _ => DataShape,
        };
        return option.AcceptOnlyFromAmong(DataShape, ShapeData);
    }
}
