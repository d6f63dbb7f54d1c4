using Microsoft.Win32.SafeHandles;
using TensorGraph.Data.Elements;
using TensorGraph.Records;

namespace TensorGraph.Data.Files;

/// <summary>An uncompressed TFRecord file; components are its records. Their checksums are checked when they are read.</summary>
internal sealed class RecordFile : Storage, IDisposable
{
    /// <summary>Bytes that are read at a time and then summed: they are still in the processor's cache.</summary>
    internal const int Chunk = 1 << 20;

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

    internal override void CopyTo(ReadOnlySpan<Component> components, Span<byte> destination)
    {
        foreach (ref readonly Component record in components)
        {
            ReadRecord(record, [], destination[..(int)record.Length], []);
            destination = destination[(int)record.Length..];
        }
    }

    /// <summary>Reads a record into three places, one after the other.</summary>
    /// <exception cref="RecordException">The checksum does not match, or the file has become shorter.</exception>
    internal void ReadRecord(in Component record, Span<byte> first, Span<byte> second, Span<byte> third)
    {
        uint crc = ReadSummed(record.Offset, first, 0);
        crc = ReadSummed(record.Offset + first.Length, second, crc);
        crc = ReadSummed(record.Offset + first.Length + second.Length, third, crc);
        Span<byte> footer = stackalloc byte[RecordFraming.FooterSize];
        Read(record.Offset + record.Length, footer);
        RecordFraming.CheckFooter(footer, crc, Location(record.Offset - RecordFraming.HeaderSize));
    }

    /// <summary>Reads records that follow one another in the file, without checking them.</summary>
    /// <param name="records">Records, of which the first are read: as many as follow one another and fit into memory, but one at
    /// least.</param>
    /// <param name="memory">Receives the file's bytes from the first record's data on.</param>
    /// <returns>How many were read.</returns>
    /// <exception cref="RecordException">The file has become shorter.</exception>
    internal int ReadRun(ReadOnlySpan<Component> records, Span<byte> memory)
    {
        long start = records[0].Offset, end = EndOf(records[0]);
        int count = 1;
        while (count < records.Length && records[count].Offset == end + RecordFraming.HeaderSize)
        {
            if (EndOf(records[count]) - start > memory.Length)
            {
                break;
            }

            end = EndOf(records[count++]);
        }

        Read(start, memory[..(int)(end - start)]);
        return count;
    }

    /// <summary>A record among the bytes of a run, checked.</summary>
    /// <exception cref="RecordException">The checksum does not match.</exception>
    internal ReadOnlySpan<byte> RecordIn(ReadOnlySpan<byte> run, in Component first, in Component record)
    {
        ReadOnlySpan<byte> data = run.Slice((int)(record.Offset - first.Offset), (int)record.Length);
        ReadOnlySpan<byte> footer = run.Slice((int)(record.Offset - first.Offset) + data.Length, RecordFraming.FooterSize);
        RecordFraming.CheckFooter(footer, Crc32C.Compute(data), Location(record.Offset - RecordFraming.HeaderSize));
        return data;
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

    private static long EndOf(in Component record) => record.Offset + record.Length + RecordFraming.FooterSize;

    private uint ReadSummed(long offset, Span<byte> destination, uint crc)
    {
        for (int done = 0; done < destination.Length; done += Chunk)
        {
            Span<byte> chunk = destination.Slice(done, Math.Min(Chunk, destination.Length - done));
            Read(offset + done, chunk);
            crc = Crc32C.Append(crc, chunk);
        }

        return crc;
    }
}
