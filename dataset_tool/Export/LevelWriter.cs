using System.Numerics;
using TensorGraph.Records;

namespace DatasetTool.Export;

/// <summary>
/// The images of one level of detail, written to a file in large blocks: the system writes and later reads those much faster than many
/// small pieces.
/// </summary>
/// <remarks>Disposing without <see cref="Flush"/> drops what has not been written yet, so that it cannot fail.</remarks>
internal sealed class LevelWriter : IDisposable
{
    private const int SmallestBlock = 1 << 16;
    private const int LargestBlock = 1 << 20;

    private readonly FileStream _file;
    private readonly ImageRecordWriter _writer;

    /// <summary>Creates the file.</summary>
    /// <param name="path">The file, which must not exist.</param>
    /// <param name="shape">The images' shape.</param>
    /// <param name="order">Which feature of a record comes first.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    internal LevelWriter(string path, ImageShape shape, ExampleKeyOrder order)
    {
        int blockSize = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(4 * shape.Size, SmallestBlock, LargestBlock));
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        _writer = new ImageRecordWriter(new BufferedStream(_file, blockSize), shape, order);
    }

    /// <summary>Adds an image.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Write(ReadOnlySpan<byte> pixels) => _writer.Write(pixels);

    /// <summary>Writes what is still held back.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Flush() => _writer.Flush();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
