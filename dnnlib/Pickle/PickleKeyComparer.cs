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

    public int GetHashCode(object obj) => obj switch
    {
        long number => HashCode.Combine((int)number, (int)(number >> 32)),
        double number => GetHashCode(BitConverter.DoubleToInt64Bits(number == 0 ? 0 : number)),
        ReadOnlyMemory<byte> bytes => HashOf(bytes.Span),
        string or bool or System.Numerics.BigInteger or PickleGlobal => obj.GetHashCode(),
        _ => RuntimeHelpers.GetHashCode(obj),
    };

    private static int HashOf(ReadOnlySpan<byte> bytes)
    {
        HashCode hash = default;
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
