using NumSharp.Backends.Unmanaged.Pooling;

namespace TensorGraph.Numpy;

/// <summary>The memory of arrays that nobody has any more.</summary>
internal static class UnusedArrays
{
    /// <summary>Gives it back to the system, which would happen late or never: NumSharp keeps it for arrays of the same size.</summary>
    internal static void Free()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        SizeBucketedBufferPool.Clear();
    }
}
