using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>
/// The 4x4 filter that follows a transposed convolution with stride 2, on one channel that lies in four phases; even and odd pixels come
/// together only when they are stored.
/// </summary>
internal sealed unsafe class UpsamplingFilter(SeparableFilter filter, int width, PhaseRing ring)
{
    private const int Lanes = 8;

    /// <summary>Floats of the rows between the two passes.</summary>
    internal int ScratchSize => 4 * RowSize;

    /// <summary>A row between the passes has room on both sides.</summary>
    private int RowSize => ((width + Lanes) / Lanes * Lanes) + (2 * Lanes);

    /// <summary>Two rows of the large picture.</summary>
    /// <param name="phases">The channel's phases.</param>
    /// <param name="position">The position of a row of the small picture.</param>
    /// <param name="scratch">Memory for the rows between the passes.</param>
    /// <param name="result">The upper row, followed by the lower one.</param>
    internal void Rows(float* phases, long position, float* scratch, float* result)
    {
        float* upper = scratch + Lanes;
        float* lower = upper + (2 * RowSize);
        int line = width + 1;
        for (int x = 0; x < line;)
        {
            int above = ring.Place(position + x - line), here = ring.Place(position + x), below = ring.Place(position + x + line);
            int count = Math.Min(line - x, ring.Capacity - Math.Max(above, Math.Max(here, below)));
            Columns(phases, above, here, below, count, upper + x, lower + x);
            Columns(phases + ring.PhaseStep, above, here, below, count, upper + RowSize + x, lower + RowSize + x);
            x += count;
        }

        // Left of the picture are zeros.
        upper[RowSize - 1] = lower[RowSize - 1] = 0;
        Row(upper, result);
        Row(lower, result + (2 * width));
    }

    /// <summary>The filter's columns, on pixels of even or odd columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Columns(float* even, int above, int here, int below, int count, float* upper, float* lower)
    {
        FilterTaps taps = new(filter.Column);
        float* odd = even + (2 * ring.PhaseStep);
        for (int x = 0; x < count; x += Lanes)
        {
            Vector256<float> r0 = Vector256.Load(odd + above + x), r1 = Vector256.Load(even + here + x);
            Vector256<float> r2 = Vector256.Load(odd + here + x), r3 = Vector256.Load(even + below + x);
            taps.Sum(r0, r1, r2, r3).Store(upper + x);
            taps.Sum(r1, r2, r3, Vector256.Load(odd + below + x)).Store(lower + x);
        }
    }

    /// <summary>The filter's rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row(float* even, float* result)
    {
        FilterTaps taps = new(filter.Row);
        float* odd = even + RowSize;
        for (int x = 0; x < width; x += Lanes)
        {
            Vector256<float> c0 = Vector256.Load(odd + x - 1), c1 = Vector256.Load(even + x), c2 = Vector256.Load(odd + x);
            Vector256<float> c3 = Vector256.Load(even + x + 1), c4 = Vector256.Load(odd + x + 1);
            Interleaving.Store(taps.Sum(c0, c1, c2, c3), taps.Sum(c1, c2, c3, c4), result + (2 * x));
        }
    }
}
