using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace Dnnlib.Pickle;

/// <summary>
/// Turns UTF-8 into Latin-1; free of branches on the data, which is mostly noise: protocol 2 keeps the data of arrays so.
/// </summary>
internal static class Latin1Text
{
    private const ulong TopBits = 0x8080808080808080;
    private const ulong LowBits = 0x0101010101010101;

    /// <summary>Rewrites text in place.</summary>
    /// <returns>The number of bytes that are left.</returns>
    /// <exception cref="FormatException">It has characters that Latin-1 does not have, or is not valid UTF-8.</exception>
    internal static int Shrink(byte[] bytes)
    {
        (int from, int to, byte previous, bool isWrong) = Bmi2.X64.IsSupported ? ShrinkByEights(bytes) : (0, 0, (byte)0, false);
        for (; from < bytes.Length; from++)
        {
            // A lead byte gives its two low bits to the byte that follows it.
            byte b = bytes[from];
            bool isContinuation = (b & 0xc0) == 0x80, isLead = b >= 0xc0;
            isWrong |= isContinuation != previous >= 0xc0 || (isLead && (b & 0xfe) != 0xc2);
            bytes[to] = isContinuation ? (byte)(b | (previous << 6)) : b;
            to += isLead ? 0 : 1;
            previous = b;
        }

        return !isWrong && previous < 0xc0 ? to : throw new FormatException("a text with other characters than Latin-1's stands for bytes");
    }

    /// <summary>Eight bytes at a time, as far as there are so many; what is written stays behind what is read.</summary>
    /// <returns>How far it has read and written, the last byte read, and whether anything is not Latin-1.</returns>
    private static (int From, int To, byte Previous, bool IsWrong) ShrinkByEights(byte[] bytes)
    {
        ulong wrong = 0, carry = 0;
        int from = 0, to = 0;
        for (; from <= bytes.Length - sizeof(ulong); from += sizeof(ulong))
        {
            ulong block = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(from));
            ulong before = (block << 8) | carry;
            ulong leads = block & (block << 1) & TopBits, continuations = block & ~(block << 1) & TopBits;
            ulong wholeLeads = (leads >> 7) * 0xff;
            wrong |= (continuations ^ (before & (before << 1) & TopBits)) | (((block & ~LowBits) ^ (LowBits * 0xc2)) & wholeLeads);
            ulong characters = block | (((before & LowBits) << 6) & (continuations >> 1));
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(to), Bmi2.X64.ParallelBitExtract(characters, ~wholeLeads));
            to += sizeof(ulong) - BitOperations.PopCount(leads);
            carry = block >> 56;
        }

        return (from, to, (byte)carry, wrong != 0);
    }
}
