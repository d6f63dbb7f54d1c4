using System.Buffers;
using Microsoft.Win32.SafeHandles;
using TensorGraph.Records;

namespace TensorGraph.Data.Files;

/// <summary>Components that are records of an uncompressed TFRecord file. They are read, and their checksums held against them, straight into their place.</summary>
internal sealed class RecordFile : ComponentSource, IDisposable
{
    /// <summary>The most bytes that may be read into a place of their own at a record's end.</summary>
    internal const int LongestTail = 256;

    /// <summary>Bytes read before they are summed: they are still in the processor's cache then.</summary>
    private const int Chunk = 1 << 20;

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
    /// <param name="tail">Takes the last bytes, at most <see cref="LongestTail"/>.</param>
    /// <exception cref="RecordException">The checksum does not match, or the file has become shorter.</exception>
    internal void ReadRecord(long offset, Span<byte> head, Span<byte> body, Span<byte> tail)
    {
        RecordLocation start = Location(offset - RecordFraming.HeaderSize);
        Span<byte> end = stackalloc byte[LongestTail + RecordFraming.FooterSize];
        end = end[..(tail.Length + RecordFraming.FooterSize)];
        Span<byte> rest = body[Math.Min(Chunk, body.Length)..];
        Span<byte> chunk = body[..^rest.Length];
        Read(offset, head, chunk, rest.IsEmpty ? end : []);
        uint crc = Crc32C.Append(Crc32C.Compute(head), chunk);
        for (offset += head.Length + chunk.Length; !rest.IsEmpty; offset += chunk.Length)
        {
            chunk = rest[..Math.Min(Chunk, rest.Length)];
            rest = rest[chunk.Length..];
            Read(offset, chunk, rest.IsEmpty ? end : [], []);
            crc = Crc32C.Append(crc, chunk);
        }

        end[..tail.Length].CopyTo(tail);
        RecordFraming.CheckFooter(end[tail.Length..], Crc32C.Append(crc, tail), start);
    }

    internal override bool TryCopyRun(ReadOnlySpan<Component> run, Span<byte> destination) => TryReadRun(run, [], destination, []);

    /// <summary>Reads records that follow one another at once, if they do and are alike.</summary>
    /// <param name="run">The records.</param>
    /// <param name="head">The bytes with which each record begins.</param>
    /// <param name="bodies">Takes what is between these and the last ones, record after record.</param>
    /// <param name="tail">The bytes with which each record ends.</param>
    /// <returns>False where they are otherwise, or a checksum does not match; reading them one by one tells what is wrong.</returns>
    internal bool TryReadRun(ReadOnlySpan<Component> run, ReadOnlySpan<byte> head, Span<byte> bodies, ReadOnlySpan<byte> tail)
    {
        int bodyLength = bodies.Length / run.Length;
        if (run[0].Length != head.Length + bodyLength + tail.Length || !RecordRun.Covers(run))
        {
            return false;
        }

        byte[] around = ArrayPool<byte>.Shared.Rent(RecordRun.AroundSize(run.Length, head.Length, tail.Length));
        try
        {
            RecordRun records = new(around, bodies, bodyLength, head.Length, tail.Length);
            return records.Read(_handle, run[0].Offset) && records.HaveRightChecksums() && records.AllHave(head, tail);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(around);
        }
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

    /// <summary>Reads bytes that fill three places.</summary>
    private void Read(long offset, Span<byte> first, Span<byte> second, Span<byte> third)
    {
        int done = ScatterRead.Read(_handle, offset, first, second, third);
        done = ReadRest(offset, first, done);
        done = ReadRest(offset + first.Length, second, done);
        ReadRest(offset + first.Length + second.Length, third, done);
    }

    /// <summary>Reads what is not yet there of one place.</summary>
    /// <returns>How many of the bytes already read lie beyond it.</returns>
    private int ReadRest(long offset, Span<byte> place, int done)
    {
        int have = Math.Min(done, place.Length);
        Read(offset + have, place[have..]);
        return done - have;
    }
}
