using TensorGraph.Records;

namespace DatasetTool.Export;

/// <summary>The records of one level of detail, written to a file in large blocks: the system writes and later reads those much faster than many small pieces.</summary>
/// <remarks>Disposing without <see cref="Flush"/> drops what has not been written yet, so that it cannot fail.</remarks>
internal sealed class LevelFile : IDisposable
{
    private const int BlockSize = 1 << 20;

    private readonly FileStream _file;
    private readonly TFRecordWriter _writer;

    /// <summary>Creates the file.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    internal LevelFile(string path)
    {
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        _writer = new TFRecordWriter(new BufferedStream(_file, BlockSize));
    }

    /// <summary>Adds a record.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Write(ReadOnlyMemory<byte> record) => _writer.Write(record.Span);

    /// <summary>Writes what is still held back.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Flush() => _writer.Flush();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
