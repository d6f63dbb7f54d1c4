using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>Brings pixels of even and odd columns together and apart.</summary>
internal static unsafe class Interleaving
{
    /// <summary>Stores 16 pixels in the order of their columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(Vector256<float> even, Vector256<float> odd, float* result)
    {
        (Vector256<ulong> evenLower, Vector256<ulong> evenUpper) = Vector256.Widen(even.AsUInt32());
        (Vector256<ulong> oddLower, Vector256<ulong> oddUpper) = Vector256.Widen(odd.AsUInt32());
        (evenLower | (oddLower << 32)).AsSingle().Store(result);
        (evenUpper | (oddUpper << 32)).AsSingle().Store(result + Vector256<float>.Count);
    }

    /// <summary>The even and the odd ones of 16 pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector256<float> Even, Vector256<float> Odd) Split(Vector256<float> lower, Vector256<float> upper)
    {
        Vector256<ulong> first = lower.AsUInt64(), second = upper.AsUInt64();
        return (Vector256.Narrow(first, second).AsSingle(), Vector256.Narrow(first >> 32, second >> 32).AsSingle());
    }
}
