using System.Numerics;
using TensorGraph.Records;

namespace DatasetTool.Export;

/// <summary>The records of one level of detail, written to a file in large blocks: the system writes and later reads those much faster than many small pieces.</summary>
/// <remarks>Disposing without <see cref="Flush"/> drops what has not been written yet, so that it cannot fail.</remarks>
internal sealed class LevelFile : IDisposable
{
    private const int SmallestBlock = 1 << 16;
    private const int LargestBlock = 1 << 20;

    private readonly FileStream _file;
    private readonly TFRecordWriter _writer;

    /// <summary>Creates the file.</summary>
    /// <param name="path">The file, which must not exist.</param>
    /// <param name="recordSize">Bytes of a record, of which a block holds some.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    internal LevelFile(string path, int recordSize)
    {
        int blockSize = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(4L * recordSize, SmallestBlock, LargestBlock));
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        _writer = new TFRecordWriter(new BufferedStream(_file, blockSize));
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
