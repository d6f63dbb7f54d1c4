using System.Runtime.CompilerServices;

namespace Dnnlib.Pickle;

/// <summary>
/// Equality of dictionary keys. Hashes are seeded anew in each process, so that no file can be made whose keys all collide.
/// </summary>
internal sealed class PickleKeyComparer : IEqualityComparer<object>
{
    internal static PickleKeyComparer Instance { get; } = new();

    public new bool Equals(object? x, object? y) => (x, y) switch
    {
        (ReadOnlyMemory<byte> a, ReadOnlyMemory<byte> b) => a.Span.SequenceEqual(b.Span),
        (string or long or double or bool or System.Numerics.BigInteger or PickleGlobal, _) => x.Equals(y),
        _ => ReferenceEquals(x, y),
    };

    public int GetHashCode(object obj)
    {
        switch (obj)
        {
            case long number:
                return HashCode.Combine((int)number, (int)(number >> 32));
            case double number:
                long bits = BitConverter.DoubleToInt64Bits(number == 0 ? 0 : number);
                return HashCode.Combine((int)bits, (int)(bits >> 32));
            case ReadOnlyMemory<byte> bytes:
                HashCode hash = default;
                hash.AddBytes(bytes.Span);
                return hash.ToHashCode();
            case string or bool or System.Numerics.BigInteger or PickleGlobal:
                return obj.GetHashCode();
            default:
                return RuntimeHelpers.GetHashCode(obj);
        }
    }
}
