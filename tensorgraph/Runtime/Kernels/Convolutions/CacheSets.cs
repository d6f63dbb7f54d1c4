namespace TensorGraph.Runtime.Kernels.Convolutions;

/// <summary>Distances between values that are used together.</summary>
internal static class CacheSets
{
    private const int Line = 16;

    /// <summary>Some floats, filled up to whole lines of the cache.</summary>
    internal static int WholeLines(int count) => (count + Line - 1) / Line * Line;

    /// <summary>
    /// The least distance for some floats at which rows lie in different sets of the cache: an odd number of its lines. A power of two
    /// would bring all into one set.
    /// </summary>
    internal static long Apart(long count) => (((count + Line - 1) / Line) | 1) * Line;
}
