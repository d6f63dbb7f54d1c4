using DatasetTool.Export;
using Spectre.Console;

namespace DatasetTool.Commands;

/// <summary>A bar on the terminal.</summary>
internal sealed class TerminalExportProgress(ProgressContext context) : IExportProgress
{
    private ProgressTask? _task;

    /// <inheritdoc/>
    public void Started(string tfrecordDir, int expectedImages)
    {
        AnsiConsole.MarkupLineInterpolated($"Creating dataset \"{tfrecordDir}\"");
        _task = context.AddTask(Describe(0, expectedImages), maxValue: Math.Max(1, expectedImages));
    }

    /// <inheritdoc/>
    public void Adding(int images, int expectedImages) => Update(images, Describe(images, expectedImages));

    /// <inheritdoc/>
    public void PassedOver(string problem) => AnsiConsole.WriteLine(problem);

    /// <inheritdoc/>
    public void Examined(long records, long total, int images) => Update(images, $"{records} / {total} => {images}");

    /// <inheritdoc/>
    public void SavingLabels() => Update(_task?.Value ?? 0, "Saving labels...");

    /// <inheritdoc/>
    public void Flushing() => Update(_task?.MaxValue ?? 0, "Flushing data...");

    /// <inheritdoc/>
    public void Finished(int images) => AnsiConsole.WriteLine(PlainExportProgress.Summary(images));

    private static string Describe(int images, int expectedImages) => $"{images} / {expectedImages}";

    private void Update(double value, string description)
    {
        if (_task is not null)
        {
            (_task.Value, _task.Description) = (value, description);
        }
    }
}
