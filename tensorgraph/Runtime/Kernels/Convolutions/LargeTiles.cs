using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>
/// F(4x4, 3x3): tiles of 4x4 pixels, sixteen of one row at a time, by polynomials at 0, a, -a, 1/a, -1/a with a the root of 2, and
/// infinity. For processors with AVX-512.
/// </summary>
/// <remarks>
/// It multiplies 36 times for sixteen pixels. With the usual points, 0, 1, -1, 2, -2, rounding would be twice as large; with these,
/// it is less than twice that of adding up the products one by one.
/// </remarks>
internal sealed unsafe class LargeTiles : WinogradTiling
{
    private const int Lanes = 16;
    private const int Line = 6 * Lanes;
    private const float Root = 1.41421356f, HalfRoot = Root / 2;

    private static readonly double s_rootThird = Math.Sqrt(2) / 3;

    private static readonly double[] s_filter =
    [
        1, 0, 0,
        1 / 3.0, s_rootThird, 2 / 3.0,
        1 / 3.0, -s_rootThird, 2 / 3.0,
        2 / 3.0, s_rootThird, 1 / 3.0,
        2 / 3.0, -s_rootThird, 1 / 3.0,
        0, 0, 1,
    ];

    private LargeTiles()
    {
    }

    /// <summary>The tiling.</summary>
    internal static LargeTiles Instance { get; } = new();

    /// <summary>Whether the processor can.</summary>
    internal static bool IsSupported => Avx512F.IsSupported;

    /// <inheritdoc/>
    internal override int Side => 4;

    /// <inheritdoc/>
    protected override ReadOnlySpan<int> TurnedPoints => [5, 3, 4, 1, 2, 0];

    /// <inheritdoc/>
    protected override ReadOnlySpan<double> FilterTransform => s_filter;

    /// <inheritdoc/>
    internal override int Together(int width) => Lanes;

    /// <inheritdoc/>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Input(float* image, int height, int width, int row, int column, float* result, long stride)
    {
        float* rows = Aligned(stackalloc float[(6 * Line) + Lanes]);
        float* pixels = image + ((long)(row - 1) * width) + column;
        bool hasLeft = column > 0, hasRight = column + (Side * Lanes) < width;
        TileTransforms.ReadAhead(pixels, height, width, Points, Side * Lanes);
        for (int i = 0; i < 6; i++)
        {
            if (row + i > 0 && row + i <= height)
            {
                InputRow(pixels, hasLeft, hasRight, rows + (i * Line));
            }
            else
            {
                new Span<float>(rows + (i * Line), Line).Clear();
            }

            pixels += width;
        }

        for (int i = 0; i < 6; i++)
        {
            float* from = rows + (i * Lanes), to = result + (i * stride);
            SixVectors v = Input(
                Vector512.Load(from), Vector512.Load(from + Line), Vector512.Load(from + (2 * Line)), Vector512.Load(from + (3 * Line)),
                Vector512.Load(from + (4 * Line)), Vector512.Load(from + (5 * Line)));
            v.Store(to, 6 * stride);
        }
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Output(float* products, long stride, float* result, int width)
    {
        float* rows = Aligned(stackalloc float[(4 * Line) + Lanes]);
        for (int i = 0; i < 6; i++)
        {
            FourVectors v = Output(products + (i * stride), 6 * stride);
            float* to = rows + (i * Lanes);
            v.V0.Store(to);
            v.V1.Store(to + Line);
            v.V2.Store(to + (2 * Line));
            v.V3.Store(to + (3 * Line));
        }

        for (int i = 0; i < 4; i++)
        {
            Interleave(Output(rows + (i * Line), Lanes), result + ((long)i * width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Aligned(Span<float> memory)
    {
        nint start = (nint)Unsafe.AsPointer(ref memory[0]);
        return (float*)((start + (Lanes * sizeof(float)) - 1) & -(Lanes * sizeof(float)));
    }

    /// <summary>The horizontal transform of one row of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputRow(float* pixels, bool hasLeft, bool hasRight, float* result)
    {
        Vector512<float> p0 = Vector512.Load(pixels), p1 = Vector512.Load(pixels + 16);
        Vector512<float> p2 = Vector512.Load(pixels + 32), p3 = Vector512.Load(pixels + 48);
        Vector512<float> lower01 = LanePicking.Fourths(p0, p1, 0), upper01 = LanePicking.Fourths(p2, p3, 0);
        Vector512<float> lower23 = LanePicking.Fourths(p0, p1, 2), upper23 = LanePicking.Fourths(p2, p3, 2);
        Vector512<float> x1 = LanePicking.LowerHalves(lower01, upper01), x2 = LanePicking.UpperHalves(lower01, upper01);
        Vector512<float> x3 = LanePicking.LowerHalves(lower23, upper23), x4 = LanePicking.UpperHalves(lower23, upper23);
        Vector512<float> x0 = LanePicking.After(hasLeft ? pixels[-1] : 0, x4), x5 = LanePicking.Before(x1, hasRight ? pixels[64] : 0);
        Input(x0, x1, x2, x3, x4, x5).Store(result, Lanes);
    }

    /// <summary>The transform of six pixels in one direction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SixVectors Input(
        Vector512<float> x0, Vector512<float> x1, Vector512<float> x2, Vector512<float> x3, Vector512<float> x4, Vector512<float> x5)
    {
        Vector512<float> evenA = (0.5f * x4) - (0.25f * x2), oddA = HalfRoot * (x3 - (0.5f * x1));
        Vector512<float> evenB = (x2 + x2) - x4, oddB = HalfRoot * ((x1 + x1) - x3);
        return new SixVectors(
            x0 + (x4 - (2.5f * x2)), evenA + oddA, evenA - oddA, evenB + oddB, evenB - oddB, x5 + (x1 - (2.5f * x3)));
    }

    /// <summary>Four pixels of the transform of their products, in one direction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FourVectors Output(float* products, long step)
    {
        Vector512<float> m1 = Vector512.Load(products + step), m2 = Vector512.Load(products + (2 * step));
        Vector512<float> m3 = Vector512.Load(products + (3 * step)), m4 = Vector512.Load(products + (4 * step));
        Vector512<float> sumA = m1 + m2, differenceA = Root * (m1 - m2), sumB = m3 + m4, differenceB = HalfRoot * (m3 - m4);
        return new FourVectors(
            Vector512.Load(products) + (sumA + sumB),
            differenceA + differenceB,
            (sumA + sumA) + (0.5f * sumB),
            (differenceA + differenceA) + (0.5f * differenceB) + Vector512.Load(products + (5 * step)));
    }

    /// <summary>Stores a row of tiles' pixels in the order of their columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(FourVectors v, float* result)
    {
        Vector512<float> lower01 = LanePicking.LowerPairs(v.V0, v.V1), upper01 = LanePicking.UpperPairs(v.V0, v.V1);
        Vector512<float> lower23 = LanePicking.LowerPairs(v.V2, v.V3), upper23 = LanePicking.UpperPairs(v.V2, v.V3);
        LanePicking.LowerTwos(lower01, lower23).Store(result);
        LanePicking.UpperTwos(lower01, lower23).Store(result + 16);
        LanePicking.LowerTwos(upper01, upper23).Store(result + 32);
        LanePicking.UpperTwos(upper01, upper23).Store(result + 48);
    }

    private readonly record struct FourVectors(Vector512<float> V0, Vector512<float> V1, Vector512<float> V2, Vector512<float> V3);

    private readonly record struct SixVectors(
        Vector512<float> V0, Vector512<float> V1, Vector512<float> V2, Vector512<float> V3, Vector512<float> V4, Vector512<float> V5)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Store(float* place, long step)
        {
            V0.Store(place);
            V1.Store(place + step);
            V2.Store(place + (2 * step));
            V3.Store(place + (3 * step));
            V4.Store(place + (4 * step));
            V5.Store(place + (5 * step));
        }
    }
}
