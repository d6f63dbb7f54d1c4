using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TensorGraph.Runtime.Kernels.Convolutions.WeightedPixels;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>
/// The product of <see cref="PolyphaseWeights"/> and pixels that taps read at different places: a panel of output channels times two
/// vectors of pixels, which registers hold until they are complete.
/// </summary>
internal static unsafe class TapProduct
{
    /// <summary>Pixels of a vector.</summary>
    internal static readonly int Columns = PackedProduct.Columns / 2;

    /// <summary>What large channels of a panel sum up over small channels.</summary>
    /// <param name="weights">The panel's weights for the first tap.</param>
    /// <param name="depth">Small channels.</param>
    /// <param name="taps">Where the taps read.</param>
    /// <param name="pixels">Where the first pixels of two vectors are read, and where the results go.</param>
    internal static void ForLarge(float* weights, int depth, in TapOffsets taps, in TapTile pixels)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply8X32<Adjacent>(weights, 1, depth, 0, taps, pixels);
        }
        else
        {
            Multiply6X16<Adjacent>(weights, 1, depth, 0, taps, pixels);
        }
    }

    /// <summary>What small channels of a panel sum up over panels of large channels.</summary>
    /// <param name="weights">The panel's weights for the first tap and the first of the large channels' panels.</param>
    /// <param name="panels">Panels of large channels.</param>
    /// <param name="panelSize">Floats from one panel of weights to the next.</param>
    /// <param name="taps">Where the taps read.</param>
    /// <param name="pixels">Where the first pixels of two vectors are read, and where the results go.</param>
    internal static void ForSmall(float* weights, int panels, long panelSize, in TapOffsets taps, in TapTile pixels)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply8X32<Apart>(weights, panels, 8, panelSize, taps, pixels);
        }
        else
        {
            Multiply6X16<Apart>(weights, panels, 6, panelSize, taps, pixels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply8X32<TOrder>(
        float* weights, int panels, int depth, long panelSize, in TapOffsets taps, in TapTile tile)
        where TOrder : struct, IWeightOrder
    {
        const int Rows = 8;
        int step = TOrder.Step(Rows), count = taps.Count;
        long stride = tile.Stride, pixelStep = taps.ChannelStep;
        bool adds = tile.Adds;
        float* c0 = tile.FirstResult;
        float* c1 = tile.SecondResult;
        Vector512<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector512<float> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        Vector512<float> c60 = default, c61 = default, c70 = default, c71 = default;
        float* first = tile.First;
        long second = tile.Second - first;
        fixed (long* offsets = taps.Offsets)
        {
            for (int panel = 0; panel < panels; panel++)
            {
                float* channel = weights + (panel * panelSize);
                for (int k = 0; k < depth; k++)
                {
                    float* a = channel;
                    int next = tile.BringsNext ? TOrder.Next(Rows, depth, k) : 0;
                    for (int tap = 0; tap < count; tap++)
                    {
                        float* b = first + offsets[tap];
                        // The next panel's weights come from far: asked for early, they are there in time.
                        CachePrefetch.Read(a + next);
                        Vector512<float> b0 = Vector512.Load(b), b1 = Vector512.Load(b + second);
                        Add(a[0], b0, b1, ref c00, ref c01);
                        Add(a[step], b0, b1, ref c10, ref c11);
                        Add(a[2 * step], b0, b1, ref c20, ref c21);
                        Add(a[3 * step], b0, b1, ref c30, ref c31);
                        Add(a[4 * step], b0, b1, ref c40, ref c41);
                        Add(a[5 * step], b0, b1, ref c50, ref c51);
                        Add(a[6 * step], b0, b1, ref c60, ref c61);
                        Add(a[7 * step], b0, b1, ref c70, ref c71);
                        a += Rows;
                    }

                    channel += TOrder.Depth(Rows);
                    first += pixelStep;
                }
            }
        }

        Store(c0, c1, adds, c00, c01);
        Store(c0 + stride, c1 + stride, adds, c10, c11);
        Store(c0 + (2 * stride), c1 + (2 * stride), adds, c20, c21);
        Store(c0 + (3 * stride), c1 + (3 * stride), adds, c30, c31);
        Store(c0 + (4 * stride), c1 + (4 * stride), adds, c40, c41);
        Store(c0 + (5 * stride), c1 + (5 * stride), adds, c50, c51);
        Store(c0 + (6 * stride), c1 + (6 * stride), adds, c60, c61);
        Store(c0 + (7 * stride), c1 + (7 * stride), adds, c70, c71);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply6X16<TOrder>(
        float* weights, int panels, int depth, long panelSize, in TapOffsets taps, in TapTile tile)
        where TOrder : struct, IWeightOrder
    {
        const int Rows = 6;
        int step = TOrder.Step(Rows), count = taps.Count;
        long stride = tile.Stride, pixelStep = taps.ChannelStep;
        bool adds = tile.Adds;
        float* c0 = tile.FirstResult;
        float* c1 = tile.SecondResult;
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        float* first = tile.First;
        long second = tile.Second - first;
        fixed (long* offsets = taps.Offsets)
        {
            for (int panel = 0; panel < panels; panel++)
            {
                float* channel = weights + (panel * panelSize);
                for (int k = 0; k < depth; k++)
                {
                    float* a = channel;
                    int next = tile.BringsNext ? TOrder.Next(Rows, depth, k) : 0;
                    for (int tap = 0; tap < count; tap++)
                    {
                        float* b = first + offsets[tap];
                        CachePrefetch.Read(a + next);
                        Vector256<float> b0 = Vector256.Load(b), b1 = Vector256.Load(b + second);
                        Add(a[0], b0, b1, ref c00, ref c01);
                        Add(a[step], b0, b1, ref c10, ref c11);
                        Add(a[2 * step], b0, b1, ref c20, ref c21);
                        Add(a[3 * step], b0, b1, ref c30, ref c31);
                        Add(a[4 * step], b0, b1, ref c40, ref c41);
                        Add(a[5 * step], b0, b1, ref c50, ref c51);
                        a += Rows;
                    }

                    channel += TOrder.Depth(Rows);
                    first += pixelStep;
                }
            }
        }

        Store(c0, c1, adds, c00, c01);
        Store(c0 + stride, c1 + stride, adds, c10, c11);
        Store(c0 + (2 * stride), c1 + (2 * stride), adds, c20, c21);
        Store(c0 + (3 * stride), c1 + (3 * stride), adds, c30, c31);
        Store(c0 + (4 * stride), c1 + (4 * stride), adds, c40, c41);
        Store(c0 + (5 * stride), c1 + (5 * stride), adds, c50, c51);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* first, float* second, bool adds, Vector512<float> c0, Vector512<float> c1)
    {
        Vector512<float> sum0 = adds ? c0 + Vector512.Load(first) : c0, sum1 = adds ? c1 + Vector512.Load(second) : c1;
        sum0.Store(first);
        sum1.Store(second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* first, float* second, bool adds, Vector256<float> c0, Vector256<float> c1)
    {
        Vector256<float> sum0 = adds ? c0 + Vector256.Load(first) : c0, sum1 = adds ? c1 + Vector256.Load(second) : c1;
        sum0.Store(first);
        sum1.Store(second);
    }

    /// <summary>How the weights of a panel lie.</summary>
    private interface IWeightOrder
    {
        /// <summary>Floats from one output channel to the next.</summary>
        static abstract int Step(int rows);

        /// <summary>Floats from one channel that is summed up to the next.</summary>
        static abstract int Depth(int rows);

        /// <summary>
        /// Floats to a place in the next panel of output channels; all of its weights are met as channels that are summed up go by.
        /// </summary>
        static abstract int Next(int rows, int depth, int channel);
    }

    private readonly struct Adjacent : IWeightOrder
    {
        public static int Step(int rows) => 1;

        public static int Depth(int rows) => PolyphaseTaps.Count * rows;

        public static int Next(int rows, int depth, int channel) => depth * PolyphaseTaps.Count * rows;
    }

    private readonly struct Apart : IWeightOrder
    {
        public static int Step(int rows) => PolyphaseTaps.Count * rows;

        public static int Depth(int rows) => 1;

        public static int Next(int rows, int depth, int channel) => ((rows + channel) * PolyphaseTaps.Count * rows) - channel;
    }
}
