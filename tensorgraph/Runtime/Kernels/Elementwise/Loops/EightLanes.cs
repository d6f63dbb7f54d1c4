using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TensorGraph.Runtime.Kernels.Elementwise.Loops;

/// <summary>What loops do to eight floats at once.</summary>
internal static unsafe class EightLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Load(float* place) => Vector256.Load(place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(Vector256<float> value, float* place) => value.Store(place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> All(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Subtract(Vector256<float> a, Vector256<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Multiply(Vector256<float> a, Vector256<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Divide(Vector256<float> a, Vector256<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Negate(Vector256<float> a) => -a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> SquareRoot(Vector256<float> a) => Vector256.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> AtLeast(Vector256<float> a, Vector256<float> least) =>
        Vector256.ConditionalSelect(Vector256.LessThan(a, least), least, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> AtMost(Vector256<float> a, Vector256<float> most) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(a, most), most, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> AddTo(Vector256<float> sum, Vector256<float> a) => sum + a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Sum(Vector256<float> a) => Vector256.Sum(a);
}
