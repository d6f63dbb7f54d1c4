using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TensorGraph.Records;

/// <summary>The CRC-32C checksum (Castagnoli), and TFRecord's masked form of it.</summary>
/// <remarks>
/// The processor's instruction takes 8 bytes but waits for the one before it, so that three stretches are summed side by side and joined: a
/// checksum moved past n bytes
/// is a linear map of its 32 bits. Where the processor has wide carry-less multiplication, <see cref="Crc32CFolding"/> does the bulk.
/// </remarks>
internal static class Crc32C
{
    private const int Lane = 1024;
    private const uint MaskDelta = 0xa282ead8;
    private static readonly uint[] s_pastLane = PastLane();

    /// <summary>The checksum of some bytes.</summary>
    internal static uint Compute(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>The checksum of bytes that follow those with checksum <paramref name="crc"/>; 0 is that of none.</summary>
    internal static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        uint state = ~crc;
        if (Crc32CFolding.IsSupported && data.Length >= Crc32CFolding.Shortest)
        {
            state = Crc32CFolding.Append(state, ref data);
        }

        return ~AppendInLanes(state, data);
    }

    /// <summary>The form in which TFRecord files store a checksum, so that checksums of data that holds checksums stay strong.</summary>
    internal static uint Mask(uint crc) => BitOperations.RotateRight(crc, 15) + MaskDelta;

    /// <summary>The masked checksum of some bytes.</summary>
    internal static uint ComputeMasked(ReadOnlySpan<byte> data) => Mask(Compute(data));

    /// <summary>Takes bytes into the state by the processor's checksum instruction, or by tables where it has none.</summary>
    internal static uint AppendInLanes(uint state, ReadOnlySpan<byte> data)
    {
        while (data.Length >= 3 * Lane)
        {
            state = AppendThreeLanes(state, data[..(3 * Lane)]);
            data = data[(3 * Lane)..];
        }

        return AppendInOrder(state, data);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint AppendThreeLanes(uint state, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<ulong> first = MemoryMarshal.Cast<byte, ulong>(data[..Lane]);
        ReadOnlySpan<ulong> second = MemoryMarshal.Cast<byte, ulong>(data[Lane..(2 * Lane)]);
        ReadOnlySpan<ulong> third = MemoryMarshal.Cast<byte, ulong>(data[(2 * Lane)..]);
        uint a = state, b = 0, c = 0;
        for (int i = 0; i < first.Length && i < second.Length && i < third.Length; i++)
        {
            a = BitOperations.Crc32C(a, first[i]);
            b = BitOperations.Crc32C(b, second[i]);
            c = BitOperations.Crc32C(c, third[i]);
        }

        return MovePastLane(MovePastLane(a) ^ b) ^ c;
    }

    private static uint AppendInOrder(uint state, ReadOnlySpan<byte> data)
    {
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(data))
        {
            state = BitOperations.Crc32C(state, word);
        }

        foreach (byte value in data[(data.Length & ~7)..])
        {
            state = BitOperations.Crc32C(state, value);
        }

        return state;
    }

    private static uint MovePastLane(uint state)
    {
        uint[] table = s_pastLane;
        return table[state & 0xff] ^ table[256 + ((state >> 8) & 0xff)] ^ table[512 + ((state >> 16) & 0xff)] ^ table[768 + (state >> 24)];
    }

    /// <summary>Where a lane of zeros takes each value of each of the state's four bytes.</summary>
    private static uint[] PastLane()
    {
        byte[] zeros = new byte[Lane];
        uint[] table = new uint[4 * 256];
        for (int bit = 0; bit < 32; bit++)
        {
            Span<uint> ofByte = table.AsSpan(bit / 8 * 256, 256);
            int value = 1 << (bit % 8);
            ofByte[value] = AppendInOrder(1u << bit, zeros);
            for (int below = 1; below < value; below++)
            {
                ofByte[value + below] = ofByte[value] ^ ofByte[below];
            }
        }

        return table;
    }
}
