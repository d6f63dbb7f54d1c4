using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TensorGraph.Runtime.Kernels;

/// <summary>Floats that stay where they are, aligned for the widest vectors; the garbage collector frees them.</summary>
internal sealed unsafe class PinnedFloats
{
    private const int Alignment = 64;

    private readonly float[] _array;

    /// <summary>Makes room for some floats, all 0.</summary>
    internal PinnedFloats(long count)
    {
        Count = count;
        _array = GC.AllocateArray<float>(checked((int)(count + (Alignment / sizeof(float)))), pinned: true);
        nint start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));
        Pointer = (float*)((start + Alignment - 1) & -Alignment);
    }

    /// <summary>How many there are.</summary>
    internal long Count { get; }

    /// <summary>The first; valid while this object is reachable.</summary>
    internal float* Pointer { get; }
}
