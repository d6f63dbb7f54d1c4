using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary><see cref="TileTransforms"/> on sixteen tiles of one row, for processors with AVX-512; the results are the same.</summary>
internal static unsafe class WideTileTransforms
{
    /// <summary>Tiles that are transformed together.</summary>
    internal const int Tiles = 16;

    /// <summary>Whether the processor can, and the rows of tiles can be divided into sixteens.</summary>
    internal static bool Fits(int tilesOfRow) => Avx512F.IsSupported && tilesOfRow % Tiles == 0;

    /// <inheritdoc cref="TileTransforms.Input"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Input(float* image, int height, int width, int row, int column, float* result, long stride)
    {
        bool hasLeft = column > 0, hasRight = column + (2 * Tiles) < width;
        float* pixels = image + ((long)(row - 1) * width) + column;
        TileTransforms.ReadAhead(pixels, height, width, TileTransforms.Side, 2 * Tiles);
        FourVectors r0 = row > 0 ? InputRow(pixels, hasLeft, hasRight) : default;
        FourVectors r1 = InputRow(pixels + width, hasLeft, hasRight);
        FourVectors r2 = InputRow(pixels + (2 * width), hasLeft, hasRight);
        FourVectors r3 = row + 2 < height ? InputRow(pixels + (3 * width), hasLeft, hasRight) : default;
        InputColumn(r0.V0, r1.V0, r2.V0, r3.V0, result, stride);
        InputColumn(r0.V1, r1.V1, r2.V1, r3.V1, result + stride, stride);
        InputColumn(r0.V2, r1.V2, r2.V2, r3.V2, result + (2 * stride), stride);
        InputColumn(r0.V3, r1.V3, r2.V3, r3.V3, result + (3 * stride), stride);
    }

    /// <inheritdoc cref="TileTransforms.Output"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Output(float* products, long stride, float* result, int width)
    {
        Column(products, stride, out Vector512<float> upper0, out Vector512<float> lower0);
        Column(products + stride, stride, out Vector512<float> upper1, out Vector512<float> lower1);
        Column(products + (2 * stride), stride, out Vector512<float> upper2, out Vector512<float> lower2);
        Column(products + (3 * stride), stride, out Vector512<float> upper3, out Vector512<float> lower3);
        Interleave(upper0 + upper1 + upper2, upper1 - upper2 - upper3, result);
        Interleave(lower0 + lower1 + lower2, lower1 - lower2 - lower3, result + width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FourVectors InputRow(float* pixels, bool hasLeft, bool hasRight)
    {
        Vector512<float> first = Vector512.Load(pixels), second = Vector512.Load(pixels + Tiles);
        Vector512<float> even = LanePicking.Even(first, second), odd = LanePicking.Odd(first, second);
        Vector512<float> before = LanePicking.After(hasLeft ? pixels[-1] : 0, odd);
        Vector512<float> after = LanePicking.Before(even, hasRight ? pixels[2 * Tiles] : 0);
        return new FourVectors(before - odd, even + odd, odd - even, even - after);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputColumn(
        Vector512<float> r0, Vector512<float> r1, Vector512<float> r2, Vector512<float> r3, float* result, long stride)
    {
        (r0 - r2).Store(result);
        (r1 + r2).Store(result + (TileTransforms.Side * stride));
        (r2 - r1).Store(result + (2 * TileTransforms.Side * stride));
        (r1 - r3).Store(result + (3 * TileTransforms.Side * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column(float* products, long stride, out Vector512<float> upper, out Vector512<float> lower)
    {
        Vector512<float> m0 = Vector512.Load(products), m1 = Vector512.Load(products + (TileTransforms.Side * stride));
        Vector512<float> m2 = Vector512.Load(products + (2 * TileTransforms.Side * stride));
        Vector512<float> m3 = Vector512.Load(products + (3 * TileTransforms.Side * stride));
        upper = m0 + m1 + m2;
        lower = m1 - m2 - m3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(Vector512<float> even, Vector512<float> odd, float* result)
    {
        LanePicking.LowerPairs(even, odd).Store(result);
        LanePicking.UpperPairs(even, odd).Store(result + Tiles);
    }

    private readonly record struct FourVectors(Vector512<float> V0, Vector512<float> V1, Vector512<float> V2, Vector512<float> V3);
}
