using System.Buffers.Binary;
using System.IO.Compression;

namespace TensorGraph.Records;

/// <summary>Recognizes and unpacks TFRecord files that are compressed as a whole.</summary>
public static class Compression
{
    /// <summary>How a file is compressed, by its first bytes. A file that begins with a record's header is not.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CompressionType Of(string path)
    {
        using FileStream file = OpenFile(path);
        Span<byte> start = stackalloc byte[RecordFraming.HeaderSize];
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return (length == start.Length && RecordFraming.IsHeader(start)) || length < sizeof(ushort)
            ? CompressionType.None
            : BinaryPrimitives.ReadUInt16BigEndian(start) switch
            {
                0x1f8b => CompressionType.Gzip,
                var header and >= 0x7800 and < 0x7900 when header % 31 == 0 => CompressionType.Zlib,
                _ => CompressionType.None,
            };
    }

    /// <summary>Opens a file for reading what it unpacks to.</summary>
    internal static Stream Open(string path, CompressionType? compression) => (compression ?? Of(path)) switch
    {
        CompressionType.Gzip => new GZipStream(OpenFile(path), CompressionMode.Decompress),
        CompressionType.Zlib => new ZLibStream(OpenFile(path), CompressionMode.Decompress),
        _ => OpenFile(path),
    };

    private static FileStream OpenFile(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
}
