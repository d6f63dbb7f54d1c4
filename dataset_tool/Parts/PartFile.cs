using System.Buffers;
using System.IO.Hashing;
using DatasetTool.Sources;

namespace DatasetTool.Parts;

/// <summary>What a file of a part held when the part was complete.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Xxh128">The XXH128 of its bytes in lower-case hexadecimal digits.</param>
internal sealed record PartFile(long Bytes, string Xxh128)
{
    private const int BlockSize = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static PartFile Of(string path) => Read(path, _ => { }, CancellationToken.None);

    /// <summary>Reads a file and hands its bytes out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="take">Receives each block, which is valid until it returns.</param>
    /// <param name="cancellation">Ends the work between two blocks.</param>
    /// <exception cref="InvalidDataException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static PartFile Read(string path, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellation)
    {
        using FileStream file = InputFile.Open(path);
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockSize);
        XxHash128 hash = new();
        long bytes = 0;
        for (int got; (got = file.Read(block)) > 0; bytes += got)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.Append(block.AsSpan(0, got));
            take(block.AsMemory(0, got));
        }

        ArrayPool<byte>.Shared.Return(block);
        return new PartFile(bytes, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }
}
