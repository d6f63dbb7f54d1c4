using System.IO.Compression;
using System.IO.Hashing;

namespace TensorGraph.Numpy;

/// <summary>
/// A zip file whose entries are read whole: what they claim is held against the file's size before memory is taken, and their check sums
/// are checked.
/// </summary>
internal sealed class CheckedZip : IDisposable
{
    private const long SmallFileMemory = 64 << 20;
    private const int MemoryPerByte = 4;

    private readonly string _path;
    private readonly ZipArchive _archive;
    private long _memoryLeft;

    /// <summary>Opens a zip file.</summary>
    /// <param name="stream">A stream that can be read anywhere; it is closed with the file.</param>
    /// <param name="path">The file's name, for errors.</param>
    /// <exception cref="InvalidDataException">It is no zip file, or is damaged.</exception>
    internal CheckedZip(Stream stream, string path)
    {
        _path = path;
        _memoryLeft = Math.Max(SmallFileMemory, MemoryPerByte * stream.Length);
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read);
            Names = [.. _archive.Entries.Select(e => e.FullName)];
        }
        catch (InvalidDataException e)
        {
            stream.Dispose();
            throw Damaged("its directory cannot be read", e);
        }
    }

    /// <summary>The entries' names, in the file's order.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>Whether a file's first bytes are those of a zip file.</summary>
    internal static bool Begins(ReadOnlySpan<byte> start) => start.StartsWith("PK\u0003\u0004"u8);

    /// <summary>The content of an entry; null where there is none of that name.</summary>
    /// <exception cref="InvalidDataException">The entry is damaged, or asks for far more memory than the file can fill.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal byte[]? Read(string name)
    {
        if (_archive.GetEntry(name) is not { } entry)
        {
            return null;
        }

        _memoryLeft -= entry.Length;
        if (_memoryLeft < 0 || entry.Length > Array.MaxLength)
        {
            throw new InvalidDataException($"{_path}: it unpacks to far more than its own size; do not trust this file");
        }

        byte[] content = Allocate((int)entry.Length, name);
        try
        {
            using Stream stream = entry.Open();
            stream.ReadExactly(content);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or NotSupportedException)
        {
            throw Damaged("an entry cannot be read", e);
        }

        return Crc32.HashToUInt32(content) == entry.Crc32 ? content : throw Damaged("a check sum is wrong");
    }

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    private byte[] Allocate(int length, string name)
    {
        try
        {
            return GC.AllocateUninitializedArray<byte>(length);
        }
        catch (OutOfMemoryException e)
        {
            throw new InsufficientMemoryException($"{_path}: {length} bytes of {name}; close other programs, or give a smaller file", e);
        }
    }

    private InvalidDataException Damaged(string what, Exception? inner = null) =>
        new($"{_path}: cut off or damaged: {what}; copy or download the file again", inner);
}
