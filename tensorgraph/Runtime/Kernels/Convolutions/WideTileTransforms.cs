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
        TileTransforms.ReadAhead(pixels, height, width, 2 * Tiles);
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
        Vector512<float> left = Vector512.CreateScalarUnsafe(hasLeft ? pixels[-1] : 0);
        Vector512<float> right = Vector512.CreateScalarUnsafe(hasRight ? pixels[2 * Tiles] : 0);
        Vector512<float> even = Pick(first, second, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
        Vector512<float> odd = Pick(first, second, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
        Vector512<float> before = Pick(odd, left, 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
        Vector512<float> after = Pick(even, right, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
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
        Pick(even, odd, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23).Store(result);
        Pick(even, odd, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31).Store(result + Tiles);
    }

    /// <summary>Sixteen of two vectors' values; those of the second are numbered from 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Pick(
        Vector512<float> a, Vector512<float> b, int i0, int i1, int i2, int i3, int i4, int i5, int i6, int i7, int i8, int i9, int i10,
        int i11, int i12, int i13, int i14, int i15) =>
        Avx512F.PermuteVar16x32x2(a, Vector512.Create(i0, i1, i2, i3, i4, i5, i6, i7, i8, i9, i10, i11, i12, i13, i14, i15), b);

    private readonly record struct FourVectors(Vector512<float> V0, Vector512<float> V1, Vector512<float> V2, Vector512<float> V3);
}
