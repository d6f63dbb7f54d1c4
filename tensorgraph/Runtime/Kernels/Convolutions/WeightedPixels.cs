using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>What products do with a weight and two vectors of pixels.</summary>
internal static class WeightedPixels
{
    /// <summary>Adds a weight times two vectors to their sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(float a, Vector512<float> b0, Vector512<float> b1, ref Vector512<float> c0, ref Vector512<float> c1)
    {
        Vector512<float> weight = Vector512.Create(a);
        c0 = Vector512.FusedMultiplyAdd(weight, b0, c0);
        c1 = Vector512.FusedMultiplyAdd(weight, b1, c1);
    }

    /// <inheritdoc cref="Add(float, Vector512{float}, Vector512{float}, ref Vector512{float}, ref Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(float a, Vector256<float> b0, Vector256<float> b1, ref Vector256<float> c0, ref Vector256<float> c1)
    {
        Vector256<float> weight = Vector256.Create(a);
        c0 = Vector256.FusedMultiplyAdd(weight, b0, c0);
        c1 = Vector256.FusedMultiplyAdd(weight, b1, c1);
    }
}
