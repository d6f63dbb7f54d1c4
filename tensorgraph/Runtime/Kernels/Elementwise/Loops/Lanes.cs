using System.Reflection;
using System.Runtime.Intrinsics;

namespace TensorGraph.Runtime.Kernels.Elementwise.Loops;

/// <summary>The floats that a loop computes with at a time, and what it can do to them.</summary>
/// <param name="operations">A class with one static method for each operation.</param>
/// <param name="type">The type that holds the floats.</param>
/// <param name="count">How many there are.</param>
internal sealed class Lanes(Type operations, Type type, int count)
{
    /// <summary>One float at a time.</summary>
    internal static Lanes One { get; } = new(typeof(OneLane), typeof(float), 1);

    /// <summary>As many as the processor's vectors hold.</summary>
    internal static Lanes Widest { get; } =
        Vector512.IsHardwareAccelerated ? new(typeof(SixteenLanes), typeof(Vector512<float>), Vector512<float>.Count)
        : Vector256.IsHardwareAccelerated ? new(typeof(EightLanes), typeof(Vector256<float>), Vector256<float>.Count)
        : new(typeof(FourLanes), typeof(Vector128<float>), Vector128<float>.Count);

    /// <summary>The type that holds the floats.</summary>
    internal Type Type => type;

    /// <summary>The type in which pixels are added up.</summary>
    internal Type SumType => Method("AddTo").ReturnType;

    /// <summary>Bytes of the floats.</summary>
    internal int Bytes => count * sizeof(float);

    /// <summary>The method that carries out an operation.</summary>
    internal MethodInfo Method(string operation) => operations.GetMethod(operation, BindingFlags.Static | BindingFlags.NonPublic)!;
}
