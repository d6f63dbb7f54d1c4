using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>Asks for memory before it is needed.</summary>
internal static unsafe class CachePrefetch
{
    /// <summary>Brings a line into the first-level cache where the processor can; an address outside of all memory is no fault.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Read(float* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }
}
