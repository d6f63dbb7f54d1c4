using System.Buffers.Binary;

namespace TensorGraph.Records;

/// <summary>Writes records in TensorFlow's framing (<c>tf.io.TFRecordWriter</c>). The stream is disposed with the writer.</summary>
/// <param name="stream">Where records are written, from its current position on.</param>
public sealed class TFRecordWriter(Stream stream) : IDisposable
{
    /// <summary>Writes one record.</summary>
    /// <exception cref="IOException">The stream fails; what it holds then ends inside a record.</exception>
    public void Write(ReadOnlySpan<byte> record) => Write([], record, []);

    /// <summary>Writes one record that lies in three places.</summary>
    internal void Write(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, ReadOnlySpan<byte> tail)
    {
        Span<byte> header = stackalloc byte[RecordFraming.HeaderSize];
        RecordFraming.WriteHeader(header, checked(head.Length + body.Length + tail.Length));
        uint crc = Crc32C.Append(Crc32C.Append(Crc32C.Compute(head), body), tail);
        Span<byte> footer = stackalloc byte[RecordFraming.FooterSize];
        BinaryPrimitives.WriteUInt32LittleEndian(footer, Crc32C.Mask(crc));
        stream.Write(header);
        stream.Write(head);
        stream.Write(body);
        stream.Write(tail);
        stream.Write(footer);
    }

    /// <summary>Hands everything written to the stream's own destination.</summary>
    public void Flush() => stream.Flush();

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
