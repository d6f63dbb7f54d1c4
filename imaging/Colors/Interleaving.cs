using System.Numerics;
using System.Runtime.InteropServices;

namespace Imaging.Colors;

/// <summary>Moves between pixels whose channels lie side by side and one plane per channel.</summary>
internal static class Interleaving
{
    /// <summary>Splits RGBA pixels into three planes; alpha is left out.</summary>
    internal static void SplitRgba(ReadOnlySpan<byte> pixels, Span<byte> red, Span<byte> green, Span<byte> blue)
    {
        ReadOnlySpan<uint> colors = MemoryMarshal.Cast<byte, uint>(pixels)[..red.Length];
        int x = 0;
        for (; x <= colors.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            ReadOnlySpan<uint> block = colors[x..];
            Vector<uint> a = new(block), b = new(block[Vector<uint>.Count..]);
            Vector<uint> c = new(block[(2 * Vector<uint>.Count)..]), d = new(block[(3 * Vector<uint>.Count)..]);
            Narrow(a, b, c, d).CopyTo(red[x..]);
            Narrow(a >>> 8, b >>> 8, c >>> 8, d >>> 8).CopyTo(green[x..]);
            Narrow(a >>> 16, b >>> 16, c >>> 16, d >>> 16).CopyTo(blue[x..]);
        }

        for (; x < colors.Length; x++)
        {
            (red[x], green[x], blue[x]) = ((byte)colors[x], (byte)(colors[x] >> 8), (byte)(colors[x] >> 16));
        }
    }

    /// <summary>Makes pixels of planes, as many as there is room for.</summary>
    internal static void Join(ReadOnlySpan<byte> planes, int channels, Span<byte> pixels)
    {
        int size = planes.Length / channels;
        for (int channel = 0; channel < channels; channel++)
        {
            ReadOnlySpan<byte> plane = planes.Slice(channel * size, size);
            for (int to = channel, from = 0; to < pixels.Length; to += channels, from++)
            {
                pixels[to] = plane[from];
            }
        }
    }

    private static Vector<byte> Narrow(Vector<uint> a, Vector<uint> b, Vector<uint> c, Vector<uint> d) =>
        Vector.Narrow(Vector.Narrow(a, b), Vector.Narrow(c, d));
}
