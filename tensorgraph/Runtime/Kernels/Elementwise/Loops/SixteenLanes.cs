using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TensorGraph.Runtime.Kernels.Elementwise.Loops;

/// <summary>What loops do to sixteen floats at once.</summary>
internal static unsafe class SixteenLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Load(float* place) => Vector512.Load(place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(Vector512<float> value, float* place) => value.Store(place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> All(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Subtract(Vector512<float> a, Vector512<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Multiply(Vector512<float> a, Vector512<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Divide(Vector512<float> a, Vector512<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> Negate(Vector512<float> a) => -a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> SquareRoot(Vector512<float> a) => Vector512.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> AtLeast(Vector512<float> a, Vector512<float> least) =>
        Vector512.ConditionalSelect(Vector512.LessThan(a, least), least, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<float> AtMost(Vector512<float> a, Vector512<float> most) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(a, most), most, a);

    /// <summary>Adds eight floats after the other eight: sums have the bits that vectors of eight give.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> AddTo(Vector256<float> sum, Vector512<float> a) => sum + a.GetLower() + a.GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Sum(Vector256<float> sum) => Vector256.Sum(sum);
}
