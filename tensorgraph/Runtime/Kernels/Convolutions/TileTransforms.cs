using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>
/// The transforms of Winograd's F(2x2, 3x3) (Lavin and Gray, "Fast algorithms for convolutional neural networks"), on eight tiles of one
/// row.
/// </summary>
internal static unsafe class TileTransforms
{
    /// <summary>Tiles that are transformed together.</summary>
    internal const int Tiles = 8;

    /// <summary>Pixels of the side of a tile with its borders.</summary>
    internal const int Side = 4;

    /// <summary>The transforms of eight tiles of pixels, each 4x4 with an overlap of two.</summary>
    /// <param name="image">One channel.</param>
    /// <param name="height">Its height.</param>
    /// <param name="width">Its width.</param>
    /// <param name="row">Row of the tiles' second row of pixels.</param>
    /// <param name="column">Column of the first tile's second column of pixels.</param>
    /// <param name="result">Where the tiles' first values go.</param>
    /// <param name="stride">Floats from one value of a tile to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Input(float* image, int height, int width, int row, int column, float* result, long stride)
    {
        bool hasLeft = column > 0, hasRight = column + (2 * Tiles) < width;
        float* pixels = image + ((long)(row - 1) * width) + column;
        ReadAhead(pixels, height, width, Side, 2 * Tiles);
        FourVectors r0 = row > 0 ? InputRow(pixels, hasLeft, hasRight) : default;
        FourVectors r1 = InputRow(pixels + width, hasLeft, hasRight);
        FourVectors r2 = InputRow(pixels + (2 * width), hasLeft, hasRight);
        FourVectors r3 = row + 2 < height ? InputRow(pixels + (3 * width), hasLeft, hasRight) : default;
        InputColumn(r0.V0, r1.V0, r2.V0, r3.V0, result, stride);
        InputColumn(r0.V1, r1.V1, r2.V1, r3.V1, result + stride, stride);
        InputColumn(r0.V2, r1.V2, r2.V2, r3.V2, result + (2 * stride), stride);
        InputColumn(r0.V3, r1.V3, r2.V3, r3.V3, result + (3 * stride), stride);
    }

    /// <summary>Eight tiles of 2x2 pixels from the transforms of their products.</summary>
    /// <param name="products">The tiles' first values.</param>
    /// <param name="stride">Floats from one value of a tile to the next.</param>
    /// <param name="result">The first tile's first pixel.</param>
    /// <param name="width">Floats from one row of pixels to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Output(float* products, long stride, float* result, int width)
    {
        Column(products, stride, out Vector256<float> upper0, out Vector256<float> lower0);
        Column(products + stride, stride, out Vector256<float> upper1, out Vector256<float> lower1);
        Column(products + (2 * stride), stride, out Vector256<float> upper2, out Vector256<float> lower2);
        Column(products + (3 * stride), stride, out Vector256<float> upper3, out Vector256<float> lower3);
        Interleaving.Store(upper0 + upper1 + upper2, upper1 - upper2 - upper3, result);
        Interleaving.Store(lower0 + lower1 + lower2, lower1 - lower2 - lower3, result + width);
    }

    /// <summary>
    /// Asks for the rows of tiles at the same place of the channel after the next: pieces of rows are too short to be foreseen.
    /// </summary>
    /// <param name="pixels">The first row's first pixel.</param>
    /// <param name="height">The channels' height.</param>
    /// <param name="width">Their width.</param>
    /// <param name="rows">Rows of a tile.</param>
    /// <param name="count">Pixels of a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void ReadAhead(float* pixels, int height, int width, int rows, int count)
    {
        const int Line = 16;
        pixels += 2L * height * width;
        for (int row = 0; row < rows; row++)
        {
            for (int pixel = 0; pixel < count; pixel += Line)
            {
                CachePrefetch.Read(pixels + pixel);
            }

            pixels += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FourVectors InputRow(float* pixels, bool hasLeft, bool hasRight)
    {
        (Vector256<float> even, Vector256<float> odd) = Interleaving.Split(Vector256.Load(pixels), Vector256.Load(pixels + Tiles));
        Vector256<float> before = Vector256.Shuffle(odd, Vector256.Create(0, 0, 1, 2, 3, 4, 5, 6)).WithElement(0, hasLeft ? pixels[-1] : 0);
        Vector256<float> after =
            Vector256.Shuffle(even, Vector256.Create(1, 2, 3, 4, 5, 6, 7, 7)).WithElement(7, hasRight ? pixels[2 * Tiles] : 0);
        return new FourVectors(before - odd, even + odd, odd - even, even - after);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputColumn(
        Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3, float* result, long stride)
    {
        (r0 - r2).Store(result);
        (r1 + r2).Store(result + (Side * stride));
        (r2 - r1).Store(result + (2 * Side * stride));
        (r1 - r3).Store(result + (3 * Side * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column(float* products, long stride, out Vector256<float> upper, out Vector256<float> lower)
    {
        Vector256<float> m0 = Vector256.Load(products), m1 = Vector256.Load(products + (Side * stride));
        Vector256<float> m2 = Vector256.Load(products + (2 * Side * stride)), m3 = Vector256.Load(products + (3 * Side * stride));
        upper = m0 + m1 + m2;
        lower = m1 - m2 - m3;
    }

    private readonly record struct FourVectors(Vector256<float> V0, Vector256<float> V1, Vector256<float> V2, Vector256<float> V3);
}
