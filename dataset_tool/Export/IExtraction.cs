namespace DatasetTool.Export;

/// <summary>A place that pictures of a dataset are extracted to. It appears at <see cref="Commit"/>; disposing without it leaves
/// nothing.</summary>
internal interface IExtraction : IDisposable
{
    /// <summary>The path of a picture in it.</summary>
    /// <param name="index">The picture's place in the dataset.</param>
    string NameOf(int index);

    /// <summary>Writes a file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    void Write(string name, Action<Stream> write);

    /// <summary>Puts everything in its place.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    void Commit();
}
