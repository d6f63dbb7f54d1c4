using System.Buffers.Binary;

namespace Fuzz.Inputs;

/// <summary>What happens to files: they are cut off, bytes of them change, and the lengths in them are made to lie.</summary>
internal static class Damage
{
    private static readonly byte[][] s_lengths =
    [
        [0xff, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f], [0x7f, 0xff, 0xff, 0xff], [0, 0, 0, 0],
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 0, 0, 1, 0, 0], [0xff, 0xff],
    ];

    /// <summary>The name of a file that is whole, which shows that the others are refused for their damage.</summary>
    internal const string Whole = "whole";

    /// <summary>A file and damaged copies of it, the same in every run.</summary>
    /// <param name="whole">The file.</param>
    /// <param name="each">How many copies for each way of damage.</param>
    internal static IEnumerable<(string Name, Func<byte[]> Content)> Of(byte[] whole, int each)
    {
        yield return (Whole, () => whole);
        Random random = new(whole.Length);
        for (int i = 0; i < each; i++)
        {
            int cut = i switch
            {
                0 => 0,
                1 => whole.Length - 1,
                _ => random.Next(whole.Length),
            };
            yield return ($"cut-{cut}", () => whole[..cut]);
        }

        for (int i = 0; i < each; i++)
        {
            // Headers decide more than what follows them.
            int[] places = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Place(random, whole.Length))];
            byte change = (byte)(i % 2 == 0 ? 0xff : 1 << random.Next(8));
            yield return ($"flip-{string.Join('-', places)}", () => Flipped(whole, places, change));
        }

        for (int i = 0; i < each; i++)
        {
            int place = Place(random, whole.Length) & ~1;
            byte[] length = s_lengths[i % s_lengths.Length];
            yield return ($"length-{place}-{Convert.ToHexString(length)}", () => Replaced(whole, place, length));
        }
    }

    /// <summary>A copy with other bytes at a place.</summary>
    internal static byte[] Replaced(byte[] whole, int place, ReadOnlySpan<byte> bytes)
    {
        byte[] changed = [.. whole];
        bytes[..Math.Min(bytes.Length, changed.Length - place)].CopyTo(changed.AsSpan(place));
        return changed;
    }

    /// <summary>A little-endian number of 8 bytes.</summary>
    internal static byte[] Long(long value)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static int Place(Random random, int length)
    {
        const int Head = 256;
        return random.Next(2) == 0 ? random.Next(Math.Min(length, Head)) : random.Next(length);
    }

    private static byte[] Flipped(byte[] whole, int[] places, byte change)
    {
        byte[] changed = [.. whole];
        foreach (int place in places)
        {
            changed[place] ^= change;
        }

        return changed;
    }
}
