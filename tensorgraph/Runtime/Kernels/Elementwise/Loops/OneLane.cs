using System.Runtime.CompilerServices;

namespace TensorGraph.Runtime.Kernels.Elementwise.Loops;

/// <summary>What loops do to one float at a time: the rest that fills no vector. NaN stays NaN.</summary>
internal static unsafe class OneLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Load(float* place) => *place;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(float value, float* place) => *place = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float All(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Add(float a, float b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Subtract(float a, float b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Multiply(float a, float b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Divide(float a, float b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Negate(float a) => -a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float SquareRoot(float a) => MathF.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float AtLeast(float a, float least) => a < least ? least : a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float AtMost(float a, float most) => a > most ? most : a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float AddTo(float sum, float a) => sum + a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Sum(float a) => a;
}
