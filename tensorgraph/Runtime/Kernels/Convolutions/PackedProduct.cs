using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TensorGraph.Runtime.Kernels.Convolutions.WeightedPixels;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>
/// The product of a panel of weights, [depth, <see cref="Rows"/>], and a panel of pixels, [depth, <see cref="Columns"/>], which registers
/// hold until it is complete.
/// </summary>
internal static unsafe class PackedProduct
{
    /// <summary>Rows of a product: output channels.</summary>
    internal static readonly int Rows = Vector512.IsHardwareAccelerated ? 8 : 6;

    /// <summary>Columns of a product: pixels or tiles.</summary>
    internal static readonly int Columns = Vector512.IsHardwareAccelerated ? 32 : 16;

    /// <summary>Panels that some channels fill, the last of them perhaps in part.</summary>
    internal static int PanelsOf(int channels) => (channels + Rows - 1) / Rows;

    /// <summary>Writes the product; rows of the result lie <paramref name="stride"/> floats apart.</summary>
    internal static void Multiply(float* weights, float* pixels, int depth, float* result, long stride)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply8X32(weights, pixels, depth, result, stride);
        }
        else
        {
            Multiply6X16(weights, pixels, depth, result, stride);
        }
    }

    /// <summary>
    /// The same for weights that lie transposed: panels of <see cref="Rows"/> in the direction of the depth, each [all rows, Rows].
    /// </summary>
    /// <param name="weights">The product's first row in the first panel.</param>
    /// <param name="panelSize">Floats from one panel to the next.</param>
    /// <param name="pixels">A panel of pixels.</param>
    /// <param name="depth">How deep the panel is.</param>
    /// <param name="result">The product.</param>
    /// <param name="stride">Floats from one row of the product to the next.</param>
    internal static void MultiplyTransposed(float* weights, long panelSize, float* pixels, int depth, float* result, long stride)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            MultiplyTransposed8X32(weights, panelSize, pixels, depth, result, stride);
        }
        else
        {
            MultiplyTransposed6X16(weights, panelSize, pixels, depth, result, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply8X32(float* a, float* b, int depth, float* c, long stride)
    {
        Vector512<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector512<float> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        Vector512<float> c60 = default, c61 = default, c70 = default, c71 = default;
        for (int k = 0; k < depth; k++)
        {
            // The next panel's weights come from far: asked for early, they are there in time.
            CachePrefetch.Read(a + (8 * (depth + 8)));
            Vector512<float> b0 = Vector512.Load(b), b1 = Vector512.Load(b + 16);
            Add(a[0], b0, b1, ref c00, ref c01);
            Add(a[1], b0, b1, ref c10, ref c11);
            Add(a[2], b0, b1, ref c20, ref c21);
            Add(a[3], b0, b1, ref c30, ref c31);
            Add(a[4], b0, b1, ref c40, ref c41);
            Add(a[5], b0, b1, ref c50, ref c51);
            Add(a[6], b0, b1, ref c60, ref c61);
            Add(a[7], b0, b1, ref c70, ref c71);
            a += 8;
            b += 32;
        }

        Store(c, c00, c01);
        Store(c + stride, c10, c11);
        Store(c + (2 * stride), c20, c21);
        Store(c + (3 * stride), c30, c31);
        Store(c + (4 * stride), c40, c41);
        Store(c + (5 * stride), c50, c51);
        Store(c + (6 * stride), c60, c61);
        Store(c + (7 * stride), c70, c71);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply6X16(float* a, float* b, int depth, float* c, long stride)
    {
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        for (int k = 0; k < depth; k++)
        {
            CachePrefetch.Read(a + (6 * (depth + 6)));
            Vector256<float> b0 = Vector256.Load(b), b1 = Vector256.Load(b + 8);
            Add(a[0], b0, b1, ref c00, ref c01);
            Add(a[1], b0, b1, ref c10, ref c11);
            Add(a[2], b0, b1, ref c20, ref c21);
            Add(a[3], b0, b1, ref c30, ref c31);
            Add(a[4], b0, b1, ref c40, ref c41);
            Add(a[5], b0, b1, ref c50, ref c51);
            a += 6;
            b += 16;
        }

        Store(c, c00, c01);
        Store(c + stride, c10, c11);
        Store(c + (2 * stride), c20, c21);
        Store(c + (3 * stride), c30, c31);
        Store(c + (4 * stride), c40, c41);
        Store(c + (5 * stride), c50, c51);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTransposed8X32(
        float* a, long panelSize, float* b, int depth, float* c, long stride)
    {
        Vector512<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector512<float> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        Vector512<float> c60 = default, c61 = default, c70 = default, c71 = default;
        for (int k = 0; k < depth; k += 8)
        {
            int rows = Math.Min(8, depth - k);
            for (int i = 0; i < rows; i++)
            {
                CachePrefetch.Read(a + 64 + (8 * i));
                Vector512<float> b0 = Vector512.Load(b), b1 = Vector512.Load(b + 16);
                Add(a[i], b0, b1, ref c00, ref c01);
                Add(a[i + 8], b0, b1, ref c10, ref c11);
                Add(a[i + 16], b0, b1, ref c20, ref c21);
                Add(a[i + 24], b0, b1, ref c30, ref c31);
                Add(a[i + 32], b0, b1, ref c40, ref c41);
                Add(a[i + 40], b0, b1, ref c50, ref c51);
                Add(a[i + 48], b0, b1, ref c60, ref c61);
                Add(a[i + 56], b0, b1, ref c70, ref c71);
                b += 32;
            }

            a += panelSize;
        }

        Store(c, c00, c01);
        Store(c + stride, c10, c11);
        Store(c + (2 * stride), c20, c21);
        Store(c + (3 * stride), c30, c31);
        Store(c + (4 * stride), c40, c41);
        Store(c + (5 * stride), c50, c51);
        Store(c + (6 * stride), c60, c61);
        Store(c + (7 * stride), c70, c71);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTransposed6X16(
        float* a, long panelSize, float* b, int depth, float* c, long stride)
    {
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        for (int k = 0; k < depth; k += 6)
        {
            int rows = Math.Min(6, depth - k);
            for (int i = 0; i < rows; i++)
            {
                CachePrefetch.Read(a + 36 + (6 * i));
                Vector256<float> b0 = Vector256.Load(b), b1 = Vector256.Load(b + 8);
                Add(a[i], b0, b1, ref c00, ref c01);
                Add(a[i + 6], b0, b1, ref c10, ref c11);
                Add(a[i + 12], b0, b1, ref c20, ref c21);
                Add(a[i + 18], b0, b1, ref c30, ref c31);
                Add(a[i + 24], b0, b1, ref c40, ref c41);
                Add(a[i + 30], b0, b1, ref c50, ref c51);
                b += 16;
            }

            a += panelSize;
        }

        Store(c, c00, c01);
        Store(c + stride, c10, c11);
        Store(c + (2 * stride), c20, c21);
        Store(c + (3 * stride), c30, c31);
        Store(c + (4 * stride), c40, c41);
        Store(c + (5 * stride), c50, c51);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector512<float> c0, Vector512<float> c1)
    {
        c0.Store(c);
        c1.Store(c + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, Vector256<float> c0, Vector256<float> c1)
    {
        c0.Store(c);
        c1.Store(c + 8);
    }
}
