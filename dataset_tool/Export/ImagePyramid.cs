using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace DatasetTool.Export;

/// <summary>
/// The levels of detail below a picture: each is the mean of 2x2 pixels of the one before, taken from its unrounded float32 values as ((a +
/// b) + c) + d times 0.25 (rows
/// first), and stored rounded half to even.
/// </summary>
internal static class ImagePyramid
{
    /// <summary>The smallest level's width and height.</summary>
    internal const int SmallestSize = 4;

    /// <summary>Computes the levels.</summary>
    /// <param name="pixels">Level 0, [channels, size, size].</param>
    /// <param name="channels">Channels.</param>
    /// <param name="size">Width and height, a power of two.</param>
    /// <param name="levels">Memory for the levels of size / 2, size / 4, ... 4, each [channels, its size, its size].</param>
    internal static void Compute(ReadOnlySpan<byte> pixels, int channels, int size, IReadOnlyList<Memory<byte>> levels)
    {
        float[] values = ArrayPool<float>.Shared.Rent(size * size / 4);
        for (int channel = 0; channel < channels; channel++)
        {
            for (int level = 0, halved = size / 2; level < levels.Count; level++, halved /= 2)
            {
                Span<float> plane = values.AsSpan(0, halved * halved);
                if (level == 0)
                {
                    Halve(pixels.Slice(channel * size * size, size * size), plane, halved);
                }
                else
                {
                    Halve(values.AsSpan(0, 4 * plane.Length), plane, halved);
                }

                Quantize(plane, levels[level].Span.Slice(channel * plane.Length, plane.Length));
            }
        }

        ArrayPool<float>.Shared.Return(values);
    }

    /// <summary>Means of four bytes, whose sums are exact in any order.</summary>
    private static void Halve(ReadOnlySpan<byte> plane, Span<float> half, int size)
    {
        Vector<ushort> low = new(0xff);
        for (int y = 0; y < size; y++)
        {
            ReadOnlySpan<ushort> top = MemoryMarshal.Cast<byte, ushort>(plane.Slice(4 * y * size, 2 * size));
            ReadOnlySpan<ushort> bottom = MemoryMarshal.Cast<byte, ushort>(plane.Slice(((4 * y) + 2) * size, 2 * size));
            Span<float> row = half.Slice(y * size, size);
            int x = 0;
            for (; x <= size - Vector<ushort>.Count; x += Vector<ushort>.Count)
            {
                Vector<ushort> a = new(top[x..]), b = new(bottom[x..]);
                Vector.Widen((a & low) + (a >>> 8) + (b & low) + (b >>> 8), out Vector<uint> first, out Vector<uint> second);
                (Vector.ConvertToSingle(Vector.AsVectorInt32(first)) * 0.25f).CopyTo(row[x..]);
                (Vector.ConvertToSingle(Vector.AsVectorInt32(second)) * 0.25f).CopyTo(row[(x + Vector<float>.Count)..]);
            }

            for (; x < size; x++)
            {
                row[x] = ((top[x] & 0xff) + (top[x] >> 8) + (bottom[x] & 0xff) + (bottom[x] >> 8)) * 0.25f;
            }
        }
    }

    /// <summary>Means of four floats; the halves may take the place of the plane.</summary>
    private static void Halve(ReadOnlySpan<float> plane, Span<float> half, int size)
    {
        for (int y = 0; y < size; y++)
        {
            ReadOnlySpan<float> top = plane.Slice(4 * y * size, 2 * size), bottom = plane.Slice(((4 * y) + 2) * size, 2 * size);
            Span<float> row = half.Slice(y * size, size);
            int x = 0;
            for (; x <= size - Vector<float>.Count; x += Vector<float>.Count)
            {
                (Vector<float> a, Vector<float> b) = SplitPairs(top[(2 * x)..]);
                (Vector<float> c, Vector<float> d) = SplitPairs(bottom[(2 * x)..]);
                ((a + b + c + d) * 0.25f).CopyTo(row[x..]);
            }

            for (; x < size; x++)
            {
                row[x] = (top[2 * x] + top[(2 * x) + 1] + bottom[2 * x] + bottom[(2 * x) + 1]) * 0.25f;
            }
        }
    }

    /// <summary>The values at even and at odd places.</summary>
    private static (Vector<float> Even, Vector<float> Odd) SplitPairs(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<ulong> pairs = MemoryMarshal.Cast<float, ulong>(values);
        Vector<ulong> first = new(pairs), second = new(pairs[Vector<ulong>.Count..]);
        return (Vector.AsVectorSingle(Vector.Narrow(first, second)), Vector.AsVectorSingle(Vector.Narrow(first >>> 32, second >>> 32)));
    }

    private static void Quantize(ReadOnlySpan<float> plane, Span<byte> quantized)
    {
        int step = Vector<float>.Count, i = 0;
        for (; i <= plane.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector<ushort> first = Vector.Narrow(Rounded(plane[i..]), Rounded(plane[(i + step)..]));
            Vector<ushort> second = Vector.Narrow(Rounded(plane[(i + (2 * step))..]), Rounded(plane[(i + (3 * step))..]));
            Vector.Narrow(first, second).CopyTo(quantized[i..]);
        }

        for (; i < plane.Length; i++)
        {
            quantized[i] = (byte)MathF.Round(plane[i], MidpointRounding.ToEven);
        }
    }

    private static Vector<uint> Rounded(ReadOnlySpan<float> values) =>
        Vector.AsVectorUInt32(Vector.ConvertToInt32(Vector.Round(new Vector<float>(values), MidpointRounding.ToEven)));
}
