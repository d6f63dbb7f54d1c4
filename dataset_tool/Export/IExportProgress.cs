namespace DatasetTool.Export;

/// <summary>Receives the progress of the writing of a dataset.</summary>
public interface IExportProgress
{
    /// <summary>Writing begins.</summary>
    /// <param name="tfrecordDir">The dataset's folder.</param>
    /// <param name="expectedImages">How many images are expected.</param>
    void Started(string tfrecordDir, int expectedImages);

    /// <summary>An image is about to be added.</summary>
    /// <param name="images">How many were added before.</param>
    void Adding(int images);

    /// <summary>Something that should be a picture is not, and is passed over.</summary>
    /// <param name="problem">What is wrong with it; one line.</param>
    void PassedOver(string problem);

    /// <summary>A user should know something of the pictures.</summary>
    /// <param name="line">What it is; one line.</param>
    void Noted(string line);

    /// <summary>A picture of a database has been added.</summary>
    /// <param name="records">How many records of the database have been read.</param>
    /// <param name="total">How many it has.</param>
    /// <param name="images">How many images have been added.</param>
    void Examined(long records, long total, int images);

    /// <summary>Everything is added; what is buffered is being written.</summary>
    /// <param name="images">How many images have been added.</param>
    void Flushing(int images);

    /// <summary>The dataset is complete.</summary>
    /// <param name="images">How many images it has.</param>
    void Finished(int images);
}
