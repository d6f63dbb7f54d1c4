using TensorGraph.Data.Files;

namespace TensorGraph.Data.Batching;

/// <summary>Memory of large batches: that of one which was disposed, or collected, serves the next. Fresh memory is slow, for the system clears it.</summary>
/// <param name="spare">Blocks that are kept unused, whatever their size; more only within some slack.</param>
internal sealed class BatchMemory(int spare) : IDisposable
{
    /// <summary>How much may be out with consumers, or lie unused beyond the spare blocks, before anything is done about it.</summary>
    private const long Slack = 64 << 20;

    private readonly Lock _gate = new();
    private readonly List<NativeBlock> _free = [];
    private long _handedOut;
    private long _allowed = Slack;
    private bool _isDisposed;

    ~BatchMemory() => FreeAll();

    /// <summary>A block of at least a size.</summary>
    internal NativeBlock Take(long size)
    {
        NativeBlock? block = FindFree(size);
        if (block is null && Interlocked.Read(ref _handedOut) >= _allowed)
        {
            block = Reclaim(size);
        }

        return block ?? new NativeBlock(size);
    }

    /// <summary>Notes that a consumer has a block, in an array that gives it back when disposed or collected.</summary>
    internal void HandOut(NativeBlock block) => Interlocked.Add(ref _handedOut, block.Size);

    /// <summary>Takes a block back from a consumer.</summary>
    internal void TakeBack(NativeBlock block)
    {
        Interlocked.Add(ref _handedOut, -block.Size);
        Return(block);
    }

    /// <summary>Takes a block back that no consumer had.</summary>
    internal void Return(NativeBlock block)
    {
        lock (_gate)
        {
            if (!_isDisposed && (_free.Count < spare || _free.Sum(f => f.Size) + block.Size <= Slack))
            {
                _free.Add(block);
                return;
            }
        }

        block.Dispose();
    }

    public void Dispose()
    {
        FreeAll();
        GC.SuppressFinalize(this);
    }

    private void FreeAll()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _free.ForEach(f => f.Dispose());
            _free.Clear();
        }
    }

    private NativeBlock? FindFree(long size)
    {
        lock (_gate)
        {
            // The one given back last is most likely still in the processor's cache.
            int found = _free.FindLastIndex(f => f.Size >= size);
            if (found < 0)
            {
                return null;
            }

            NativeBlock block = _free[found];
            _free.RemoveAt(found);
            return block;
        }
    }

    /// <summary>Has arrays collected that consumers dropped without disposing them: their few bytes of managed memory would not cause a collection for long.</summary>
    private NativeBlock? Reclaim(long size)
    {
        GC.Collect(1, GCCollectionMode.Forced, blocking: true);
        GC.WaitForPendingFinalizers();
        _allowed = Math.Max(Slack, 2 * Interlocked.Read(ref _handedOut));
        return FindFree(size);
    }
}
