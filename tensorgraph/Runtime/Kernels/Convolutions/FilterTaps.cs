using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>Four weights of a filter in registers.</summary>
internal readonly struct FilterTaps
{
    private readonly Vector256<float> _first, _second, _third, _fourth;

    /// <summary>Loads the weights of one direction of a <see cref="SeparableFilter"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal FilterTaps(float[] taps)
    {
        (_first, _second) = (Vector256.Create(taps[0]), Vector256.Create(taps[1]));
        (_third, _fourth) = (Vector256.Create(taps[2]), Vector256.Create(taps[3]));
    }

    /// <summary>The weighted sum of four vectors of pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<float> Sum(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d) =>
        Vector256.FusedMultiplyAdd(_first, a, _second * b) + Vector256.FusedMultiplyAdd(_third, c, _fourth * d);

    /// <inheritdoc cref="Sum(Vector256{float}, Vector256{float}, Vector256{float}, Vector256{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe Vector256<float> Sum(float* a, float* b, float* c, float* d) =>
        Sum(Vector256.Load(a), Vector256.Load(b), Vector256.Load(c), Vector256.Load(d));
}
