namespace TensorGraph.Records;

/// <summary>
/// Reads records in TensorFlow's framing one after the other (<c>tf.io.tf_record_iterator</c>). The stream is disposed with the reader.
/// </summary>
/// <remarks>One buffer serves all records. It never grows beyond what the stream holds, whatever a damaged header claims.</remarks>
/// <param name="stream">Any readable stream, read from its current position on; reads may return fewer bytes than asked.</param>
/// <param name="name">The file's name, for errors; the stream's current position counts as its byte 0.</param>
public sealed class TFRecordReader(Stream stream, string name) : IDisposable
{
    /// <summary>How much of a record is read at a time where the stream cannot tell its length.</summary>
    private const int Chunk = 1 << 20;

    // A few bytes of a compressed file stand for a thousand times as many.
    private const int LargestCompressed = 1 << 26;

    private byte[] _buffer = [];
    private int _length;
    private long _next;

    /// <summary>Whether checksums are passed over, for data known to be damaged.</summary>
    public bool IgnoreCrc { get; init; }

    /// <summary>The record read last, valid until the next is read.</summary>
    public ReadOnlySpan<byte> Record => _buffer.AsSpan(0, _length);

    /// <summary>Where the data of the record read last begin.</summary>
    public RecordLocation Location { get; private set; }

    /// <summary>
    /// Whether there may be more to read: not after an error in a record's length or an end inside a record, but after a wrong checksum of
    /// a record's data.
    /// </summary>
    public bool CanReadOn { get; private set; } = true;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ignoreCrc">Whether checksums are passed over.</param>
    /// <param name="compression">How the file is compressed; null to find out.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static TFRecordReader Open(string path, bool ignoreCrc = false, CompressionType? compression = null) =>
        new(Compression.Open(path, compression), path) { IgnoreCrc = ignoreCrc };

    /// <summary>Reads the next record into <see cref="Record"/>.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="RecordException">A checksum does not match, or the stream ends inside a record.</exception>
    public bool Read()
    {
        (_length, CanReadOn) = (0, false);
        if (!ReadHeader(out int length, out RecordLocation start))
        {
            return false;
        }

        Location = start.Plus(RecordFraming.HeaderSize);
        ReadData(length, start);
        (_next, CanReadOn) = (Location.Offset + length + RecordFraming.FooterSize, true);
        CheckData(length, start);
        _length = length;
        return true;
    }

    /// <summary>Passes over the next record. Where the stream can seek, only the record's length is read and checked.</summary>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="RecordException">A checksum does not match, or the stream ends inside a record.</exception>
    public bool Skip()
    {
        if (!stream.CanSeek)
        {
            return Read();
        }

        (_length, CanReadOn) = (0, false);
        if (!ReadHeader(out int length, out RecordLocation start))
        {
            return false;
        }

        long whole = RecordFraming.HeaderSize + (long)length + RecordFraming.FooterSize;
        RequireWhole(RecordFraming.HeaderSize + stream.Length - stream.Position, whole, start);
        stream.Seek(length + (long)RecordFraming.FooterSize, SeekOrigin.Current);
        (_next, CanReadOn) = (start.Offset + whole, true);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private bool ReadHeader(out int length, out RecordLocation start)
    {
        start = new RecordLocation(name, _next);
        length = 0;
        Span<byte> header = stackalloc byte[RecordFraming.HeaderSize];
        int got = Fill(header, start);
        if (got > 0)
        {
            RequireWhole(got, header.Length, start);
            length = RecordFraming.ReadHeader(header, IgnoreCrc, start);
        }

        return got > 0;
    }

    /// <summary>Reads the record's data and the checksum after them, growing the buffer only as bytes arrive.</summary>
    private void ReadData(int length, RecordLocation start)
    {
        int wanted = length + RecordFraming.FooterSize;
        int step = Chunk;
        if (stream.CanSeek)
        {
            RequireWhole(RecordFraming.HeaderSize + stream.Length - stream.Position, RecordFraming.HeaderSize + (long)wanted, start);
            step = wanted;
        }
        else if (length > LargestCompressed)
        {
            throw new RecordException(
                start, $"a compressed record has {length} bytes, more than {LargestCompressed}, the most that is read; unpack the file");
        }

        for (int have = 0; have < wanted;)
        {
            int size = Math.Min(wanted - have, Math.Max(step, have));
            Reserve(have, have + size);
            int got = Fill(_buffer.AsSpan(have, size), start);
            have += got;
            if (got < size)
            {
                throw RecordFraming.Truncated(start, RecordFraming.HeaderSize + (long)wanted, RecordFraming.HeaderSize + (long)have);
            }
        }
    }

    private void CheckData(int length, RecordLocation start)
    {
        if (!IgnoreCrc)
        {
            RecordFraming.CheckFooter(_buffer.AsSpan(length, RecordFraming.FooterSize), Crc32C.Compute(_buffer.AsSpan(0, length)), start);
        }
    }

    private void Reserve(int kept, int size)
    {
        if (_buffer.Length < size)
        {
            byte[] larger = GC.AllocateUninitializedArray<byte>(size);
            _buffer.AsSpan(0, kept).CopyTo(larger);
            _buffer = larger;
        }
    }

    private int Fill(Span<byte> destination, RecordLocation start)
    {
        try
        {
            return stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw new RecordException(start, $"the compressed data of a record do not unpack ({e.Message}); the file is damaged", e);
        }
    }

    private static void RequireWhole(long got, long wanted, RecordLocation start)
    {
        if (got < wanted)
        {
            throw RecordFraming.Truncated(start, wanted, got);
        }
    }
}
