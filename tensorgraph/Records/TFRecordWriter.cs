using System.Buffers.Binary;

namespace TensorGraph.Records;

/// <summary>Writes records in TensorFlow's framing (<c>tf.io.TFRecordWriter</c>). The stream is disposed with the writer.</summary>
/// <param name="stream">Where records are written, from its current position on.</param>
public sealed class TFRecordWriter(Stream stream) : IDisposable
{
    /// <summary>Records up to this size are written with what frames them by one call: three cost more than the copy.</summary>
    private const int LargestJoined = 1 << 16;

    private byte[] _joined = [];

    /// <summary>Writes one record.</summary>
    /// <exception cref="IOException">The stream fails; what it holds then ends inside a record.</exception>
    public void Write(ReadOnlySpan<byte> record)
    {
        Span<byte> header = stackalloc byte[RecordFraming.HeaderSize];
        RecordFraming.WriteHeader(header, record.Length);
        Span<byte> footer = stackalloc byte[RecordFraming.FooterSize];
        BinaryPrimitives.WriteUInt32LittleEndian(footer, Crc32C.ComputeMasked(record));
        if (record.Length <= LargestJoined)
        {
            stream.Write(Join(header, record, footer));
            return;
        }

        stream.Write(header);
        stream.Write(record);
        stream.Write(footer);
    }

    /// <summary>Hands everything written to the stream's own destination.</summary>
    public void Flush() => stream.Flush();

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private ReadOnlySpan<byte> Join(ReadOnlySpan<byte> header, ReadOnlySpan<byte> record, ReadOnlySpan<byte> footer)
    {
        int size = header.Length + record.Length + footer.Length;
        if (_joined.Length < size)
        {
            _joined = new byte[size];
        }

        header.CopyTo(_joined);
        record.CopyTo(_joined.AsSpan(header.Length));
        footer.CopyTo(_joined.AsSpan(header.Length + record.Length));
        return _joined.AsSpan(0, size);
    }
}
