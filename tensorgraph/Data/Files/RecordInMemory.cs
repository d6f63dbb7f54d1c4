using TensorGraph.Data.Elements;
using TensorGraph.Records;

namespace TensorGraph.Data.Files;

/// <summary>A record that was read from a compressed file; components are parts of it.</summary>
/// <param name="record">The record's data.</param>
/// <param name="location">Where they begin in what the file unpacks to.</param>
internal sealed class RecordInMemory(byte[] record, RecordLocation location) : Storage
{
    internal RecordLocation Location => location;

    internal ReadOnlySpan<byte> Record => record;

    internal override bool IsInMemory => true;

    internal override void CopyTo(ReadOnlySpan<Component> components, Span<byte> destination)
    {
        foreach (ref readonly Component component in components)
        {
            Record.Slice((int)component.Offset, (int)component.Length).CopyTo(destination);
            destination = destination[(int)component.Length..];
        }
    }
}
