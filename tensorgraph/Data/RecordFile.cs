using Microsoft.Win32.SafeHandles;
using TensorGraph.Records;

namespace TensorGraph.Data;

/// <summary>Components that are records of an uncompressed TFRecord file. They are read, and their checksums held against them, straight into their place.</summary>
internal sealed class RecordFile : ComponentSource, IDisposable
{
    /// <summary>Bytes read before they are summed: they are still in the processor's cache then.</summary>
    private const int Chunk = 1 << 18;

    /// <summary>Up to this size a record is read at once and its parts copied.</summary>
    private const int SmallRecord = 1 << 12;

    private readonly SafeFileHandle _handle;

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal RecordFile(string path)
    {
        Path = path;
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        Length = RandomAccess.GetLength(_handle);
    }

    internal string Path { get; }

    internal long Length { get; }

    internal override bool IsInMemory => false;

    internal override void CopyTo(in Component component, Span<byte> destination) => ReadRecord(component.Offset, [], destination, []);

    /// <summary>Reads a record whose data fill three places, and checks its checksum.</summary>
    /// <param name="offset">Where the record's data begin.</param>
    /// <param name="head">Takes the first bytes.</param>
    /// <param name="body">Takes those after.</param>
    /// <param name="tail">Takes the last bytes.</param>
    /// <exception cref="RecordException">The checksum does not match, or the file has become shorter.</exception>
    internal void ReadRecord(long offset, Span<byte> head, Span<byte> body, Span<byte> tail)
    {
        int length = head.Length + body.Length + tail.Length;
        Span<byte> footer = stackalloc byte[RecordFraming.FooterSize];
        uint crc;
        if (length <= SmallRecord - footer.Length)
        {
            Span<byte> all = (stackalloc byte[SmallRecord])[..(length + footer.Length)];
            Read(offset, all);
            all[..head.Length].CopyTo(head);
            all.Slice(head.Length, body.Length).CopyTo(body);
            all[(head.Length + body.Length)..length].CopyTo(tail);
            all[length..].CopyTo(footer);
            crc = Crc32C.Compute(all[..length]);
        }
        else
        {
            crc = ReadSummed(offset, head, 0);
            crc = ReadSummed(offset + head.Length, body, crc);
            crc = ReadSummed(offset + head.Length + body.Length, tail, crc);
            Read(offset + length, footer);
        }

        RecordFraming.CheckFooter(footer, crc, Location(offset - RecordFraming.HeaderSize));
    }

    /// <summary>Reads bytes of the file.</summary>
    /// <exception cref="RecordException">The file has become shorter.</exception>
    internal void Read(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int got = RandomAccess.Read(_handle, destination, offset);
            if (got == 0)
            {
                throw new RecordException(Location(offset), "the file ends here, but was longer when it was opened; it is being written");
            }

            destination = destination[got..];
            offset += got;
        }
    }

    internal RecordLocation Location(long offset) => new(Path, offset);

    public void Dispose() => _handle.Dispose();

    private uint ReadSummed(long offset, Span<byte> destination, uint crc)
    {
        while (!destination.IsEmpty)
        {
            Span<byte> chunk = destination[..Math.Min(Chunk, destination.Length)];
            Read(offset, chunk);
            crc = Crc32C.Append(crc, chunk);
            destination = destination[chunk.Length..];
            offset += chunk.Length;
        }

        return crc;
    }
}
