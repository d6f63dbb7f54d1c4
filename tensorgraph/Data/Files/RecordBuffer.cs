using System.Buffers;
using TensorGraph.Records;

namespace TensorGraph.Data.Files;

/// <summary>A component that is a record read from a compressed file, in pooled memory.</summary>
internal sealed class RecordBuffer : ComponentSource
{
    private readonly int _length;
    private byte[]? _bytes;

    internal RecordBuffer(ReadOnlySpan<byte> record, RecordLocation location)
    {
        _length = record.Length;
        _bytes = ArrayPool<byte>.Shared.Rent(record.Length);
        record.CopyTo(_bytes);
        Location = location;
    }

    /// <summary>Where the record's data begin in what the file unpacks to.</summary>
    internal RecordLocation Location { get; }

    internal ReadOnlySpan<byte> Record => _bytes.AsSpan(0, _length);

    internal override bool IsInMemory => true;

    internal override void CopyTo(in Component component, Span<byte> destination) =>
        Record.Slice((int)component.Offset, (int)component.Length).CopyTo(destination);

    internal override void Release()
    {
        if (Interlocked.Exchange(ref _bytes, null) is { } bytes)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
