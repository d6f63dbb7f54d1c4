using TensorGraph.Records;

namespace DatasetTool.Export;

/// <summary>Settings of <see cref="TFRecordExporter"/>.</summary>
public sealed record ExporterOptions
{
    /// <summary>Which feature of a record is written first.</summary>
    public ExampleKeyOrder KeyOrder { get; init; } = ExampleKeyOrder.DataShape;

    /// <summary>How many pictures are decoded at once; the files are the same for any number.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether a dataset that is in the folder already is replaced, once the new one is complete.</summary>
    public bool Overwrite { get; init; }

    /// <summary>
    /// Whether pictures that cannot be taken are left out. They are named in any case. Null where the command does not offer it.
    /// </summary>
    public bool? SkipBad { get; init; }

    /// <summary>Receives progress; null for no one.</summary>
    public IExportProgress? Progress { get; init; }

    /// <summary>
    /// How many pictures are decoded before they can be written: one for each worker, and a few that wait for their turn.
    /// </summary>
    internal int Ahead => Workers + 2;
}
