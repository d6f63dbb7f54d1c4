using DatasetTool.Export;

namespace DatasetTool.Commands;

/// <summary>The reference's progress of <c>create_lsun_wide</c>: how many records gave how many images.</summary>
internal sealed class WideExportProgress(TextWriter output) : IExportProgress
{
    /// <inheritdoc/>
    public void Started(string tfrecordDir, int expectedImages)
    {
        // The reference says nothing here, nor when it adds, saves and flushes.
    }

    /// <inheritdoc/>
    public void Adding(int images, int expectedImages)
    {
    }

    /// <inheritdoc/>
    public void PassedOver(string problem) => output.WriteLine(problem);

    /// <inheritdoc/>
    public void Examined(long records, long total, int images) => output.Write($"\r{records} / {total} => {images} ");

    /// <inheritdoc/>
    public void SavingLabels()
    {
    }

    /// <inheritdoc/>
    public void Flushing()
    {
    }

    /// <inheritdoc/>
    public void Finished(int images) => output.WriteLine();
}
