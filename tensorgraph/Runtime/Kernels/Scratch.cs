using System.Collections.Concurrent;

namespace TensorGraph.Runtime.Kernels;

/// <summary>Memory that kernels work in: as many blocks as threads work at a time, used again and again.</summary>
internal sealed class Scratch
{
    private readonly ConcurrentBag<PinnedFloats> _free = [];

    /// <summary>At least so many floats, with whatever values; to be given back.</summary>
    internal PinnedFloats Rent(long count) =>
        _free.TryTake(out PinnedFloats? memory) && memory.Count >= count ? memory : new PinnedFloats(count);

    internal void Return(PinnedFloats memory) => _free.Add(memory);
}
