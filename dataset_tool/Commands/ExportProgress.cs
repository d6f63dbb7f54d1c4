using DatasetTool.CommandLine;
using DatasetTool.Export;

namespace DatasetTool.Commands;

/// <summary>Shows the writing of a dataset.</summary>
internal sealed class ExportProgress : IExportProgress
{
    private readonly ProgressDisplay _display;
    private ShownTask? _task;

    private ExportProgress(ProgressDisplay display) => _display = display;

    /// <summary>Does the writing and shows it.</summary>
    internal static void Show(Action<IExportProgress> export) => ProgressDisplay.Show(display => export(new ExportProgress(display)));

    /// <inheritdoc/>
    public void Started(string tfrecordDir, int expectedImages)
    {
        _display.WriteLine($"Creating dataset \"{tfrecordDir}\"");
        _task = _display.Begin("", expectedImages);
    }

    /// <inheritdoc/>
    public void Adding(int images) => _task?.Report(images);

    /// <inheritdoc/>
    public void PassedOver(string problem) => _display.WriteLine(problem);

    /// <inheritdoc/>
    public void Noted(string line) => _display.WriteLine(line);

    /// <inheritdoc/>
    public void Examined(long records, long total, int images) => _task?.Report(images, $"{records} / {total} => {images}");

    /// <inheritdoc/>
    public void Flushing(int images) => _task?.Report(images, "Flushing data...");

    /// <inheritdoc/>
    public void Finished(int images)
    {
        _task?.Dispose();
        _display.WriteLine($"Added {images} image{(images > 1 ? "s" : "")}.");
    }
}
