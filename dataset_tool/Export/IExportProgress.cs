namespace DatasetTool.Export;

/// <summary>Is told how far the writing of a dataset has come.</summary>
public interface IExportProgress
{
    /// <summary>Writing begins.</summary>
    /// <param name="tfrecordDir">The dataset's folder.</param>
    /// <param name="expectedImages">How many images are expected.</param>
    void Started(string tfrecordDir, int expectedImages);

    /// <summary>An image is about to be added.</summary>
    /// <param name="images">How many were added before.</param>
    /// <param name="expectedImages">How many are expected.</param>
    void Adding(int images, int expectedImages);

    /// <summary>What should have been a picture is not, and is passed over.</summary>
    /// <param name="problem">What is wrong with it; one line.</param>
    void PassedOver(string problem);

    /// <summary>A picture of a database has been added.</summary>
    /// <param name="records">How many records of the database have been looked at.</param>
    /// <param name="total">How many it has.</param>
    /// <param name="images">How many images have been added.</param>
    void Examined(long records, long total, int images);

    /// <summary>Labels are being saved.</summary>
    void SavingLabels();

    /// <summary>Everything is added; what is buffered is being written.</summary>
    void Flushing();

    /// <summary>The dataset is complete.</summary>
    /// <param name="images">How many images it has.</param>
    void Finished(int images);
}
