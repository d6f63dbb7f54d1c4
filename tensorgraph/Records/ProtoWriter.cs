using System.Numerics;

namespace TensorGraph.Records;

/// <summary>Writes length-delimited protobuf fields into a span that is large enough.</summary>
internal ref struct ProtoWriter(Span<byte> destination)
{
    internal const int LongestVarint = 10;
    private readonly Span<byte> _destination = destination;
    private int _position;

    internal readonly ReadOnlySpan<byte> Written => _destination[.._position];

    /// <summary>The size of a field with that many bytes inside: a tag of one byte, the length, the bytes.</summary>
    internal static int FieldSize(int length) => checked(1 + VarintSize((uint)length) + length);

    /// <summary>Writes a field's tag and length.</summary>
    internal void Field(int number, int length)
    {
        Varint(((uint)number << 3) | (uint)WireType.Bytes);
        Varint((uint)length);
    }

    internal void Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(_destination[_position..]);
        _position += value.Length;
    }

    internal void Varint(ulong value)
    {
        for (; value > 0x7f; value >>= 7)
        {
            _destination[_position++] = (byte)(value | 0x80);
        }

        _destination[_position++] = (byte)value;
    }

    private static int VarintSize(uint value) => (BitOperations.Log2(value | 1) / 7) + 1;
}
