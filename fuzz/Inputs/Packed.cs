using System.IO.Compression;

namespace Fuzz.Inputs;

/// <summary>Files in compressed formats, the same in every run.</summary>
internal static class Packed
{
    private static readonly DateTimeOffset s_time = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static byte[] Gzip(byte[] content) => Of(content, stream => new GZipStream(stream, CompressionLevel.Optimal));

    internal static byte[] Zlib(byte[] content) => Of(content, stream => new ZLibStream(stream, CompressionLevel.Optimal));

    internal static byte[] Zip(CompressionLevel compression, params (string Name, byte[] Content)[] entries)
    {
        using MemoryStream file = new();
        using (ZipArchive zip = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                ZipArchiveEntry entry = zip.CreateEntry(name, compression);
                entry.LastWriteTime = s_time;
                using Stream stream = entry.Open();
                stream.Write(content);
            }
        }

        return file.ToArray();
    }

    private static byte[] Of(byte[] content, Func<Stream, Stream> pack)
    {
        using MemoryStream file = new();
        using (Stream packing = pack(file))
        {
            packing.Write(content);
        }

        return file.ToArray();
    }
}
