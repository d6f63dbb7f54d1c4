using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>Picks sixteen of two vectors' values, with AVX-512.</summary>
internal static class LanePicking
{
    /// <summary>Every fourth value of both from a place on, 0 or 2, then every fourth from the next place on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Fourths(Vector512<float> a, Vector512<float> b, int place) =>
        Pick(a, b, Vector512.Create(0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29) + Vector512.Create(place));

    /// <summary>The first half of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> LowerHalves(Vector512<float> a, Vector512<float> b) =>
        Pick(a, b, Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23));

    /// <summary>The second half of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> UpperHalves(Vector512<float> a, Vector512<float> b) =>
        Pick(a, b, Vector512.Create(8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31));

    /// <summary>The even ones of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Even(Vector512<float> a, Vector512<float> b) =>
        Pick(a, b, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30));

    /// <summary>The odd ones of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Odd(Vector512<float> a, Vector512<float> b) =>
        Pick(a, b, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31));

    /// <summary>The first half of both, one of each in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> LowerPairs(Vector512<float> a, Vector512<float> b) =>
        Pick(a, b, Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));

    /// <summary>The second half of both, one of each in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> UpperPairs(Vector512<float> a, Vector512<float> b) =>
        Pick(a, b, Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));

    /// <summary>The first half of both, two of each in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> LowerTwos(Vector512<float> a, Vector512<float> b) =>
        Pick(a, b, Vector512.Create(0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23));

    /// <summary>The second half of both, two of each in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> UpperTwos(Vector512<float> a, Vector512<float> b) =>
        Pick(a, b, Vector512.Create(8, 9, 24, 25, 10, 11, 26, 27, 12, 13, 28, 29, 14, 15, 30, 31));

    /// <summary>A value and all but the last of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> After(float first, Vector512<float> rest) =>
        Pick(rest, Vector512.CreateScalarUnsafe(first), Vector512.Create(16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14));

    /// <summary>All but the first of a vector and a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Before(Vector512<float> rest, float last) =>
        Pick(rest, Vector512.CreateScalarUnsafe(last), Vector512.Create(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Pick(Vector512<float> a, Vector512<float> b, Vector512<int> places) =>
        Avx512F.PermuteVar16x32x2(a, places, b);
}
