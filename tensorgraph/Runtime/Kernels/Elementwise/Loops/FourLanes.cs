using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TensorGraph.Runtime.Kernels.Elementwise.Loops;

/// <summary>What loops do to four floats at once.</summary>
internal static unsafe class FourLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Load(float* place) => Vector128.Load(place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(Vector128<float> value, float* place) => value.Store(place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> All(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> Negate(Vector128<float> a) => -a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> SquareRoot(Vector128<float> a) => Vector128.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> AtLeast(Vector128<float> a, Vector128<float> least) =>
        Vector128.ConditionalSelect(Vector128.LessThan(a, least), least, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> AtMost(Vector128<float> a, Vector128<float> most) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(a, most), most, a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> AddTo(Vector128<float> sum, Vector128<float> a) => sum + a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Sum(Vector128<float> a) => Vector128.Sum(a);
}
