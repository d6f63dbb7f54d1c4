using DatasetTool.Export;

namespace DatasetTool.Commands;

/// <summary>The reference's progress lines.</summary>
internal sealed class PlainExportProgress(TextWriter output) : IExportProgress
{
    private const int Interval = 10;

    /// <inheritdoc/>
    public void Started(string tfrecordDir, int expectedImages) => output.WriteLine($"Creating dataset \"{tfrecordDir}\"");

    /// <inheritdoc/>
    public void Adding(int images, int expectedImages)
    {
        if (images % Interval == 0)
        {
            output.Write($"{images} / {expectedImages}\r");
        }
    }

    /// <inheritdoc/>
    public void PassedOver(string problem) => output.WriteLine(problem);

    /// <inheritdoc/>
    public void Examined(long records, long total, int images)
    {
        // The lines of Adding say it.
    }

    /// <inheritdoc/>
    public void SavingLabels() => output.Write($"{"Saving labels...",-40}\r");

    /// <inheritdoc/>
    public void Flushing() => output.Write($"{"Flushing data...",-40}\r");

    /// <inheritdoc/>
    public void Finished(int images) => output.WriteLine($"{string.Empty,-40}\r{Summary(images)}");

    internal static string Summary(int images) => $"Added {images} image{(images > 1 ? "s" : string.Empty)}.";
}
