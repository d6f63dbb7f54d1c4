using System.Runtime.InteropServices;
using NumSharp;
using TensorGraph.Graphs;

namespace TensorGraph.Data.Batching;

/// <summary>
/// Memory of large batches: that of a batch which was disposed, or collected, serves a later one. Fresh memory is slow, because the system
/// clears it.
/// </summary>
/// <param name="spare">How many unused blocks are kept, whatever their size.</param>
internal sealed unsafe partial class BatchMemory(long spare) : IDisposable
{
    /// <summary>From this size on memory is used again here; NumSharp does that for smaller arrays.</summary>
    private const long Large = 1 << 20;

    /// <summary>Bytes of unused blocks that are kept beyond the spare ones.</summary>
    private const long MostUnused = 64 << 20;

    private const nuint HugePage = 2 << 20;
    private const int AdviseHugePages = 14;

    private readonly Lock _gate = new();
    private readonly List<(nint Address, long Size)> _unused = [];
    private long _inUse;
    private long _allowed = MostUnused;
    private bool _isClosed;

    ~BatchMemory() => Close();

    /// <summary>A new array, its values not set.</summary>
    internal NDArray NewArray(DataType dtype, TensorShape shape)
    {
        long size = dtype.ByteSize() * shape.Elements!.Value;
        Shape dimensions = new([.. shape.Select(d => (long)d)]);
        if (size < Large)
        {
            return np.empty(dimensions, dtype.ClrType());
        }

        (nint Address, long Size) block = TakeUnused(size) ?? Reclaimed(size) ?? Allocate(size);
        Interlocked.Add(ref _inUse, block.Size);
        using NDArray flat = np.frombuffer(block.Address, size, dtype.ClrType(), -1, 0, () => GiveBack(block));
        return flat.reshape(dimensions);
    }

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    private (nint Address, long Size)? TakeUnused(long size)
    {
        lock (_gate)
        {
            // The one given back last is most likely still in the processor's cache.
            int found = _unused.FindLastIndex(b => b.Size >= size);
            if (found < 0)
            {
                return null;
            }

            (nint, long) block = _unused[found];
            _unused.RemoveAt(found);
            return block;
        }
    }

    /// <summary>
    /// Has arrays collected that consumers dropped without disposing them. In a process with a large heap their few bytes of managed memory
    /// would not cause a collection for long.
    /// </summary>
    private (nint Address, long Size)? Reclaimed(long size)
    {
        if (Interlocked.Read(ref _inUse) < _allowed)
        {
            return null;
        }

        GC.Collect(1, GCCollectionMode.Forced, blocking: true);
        GC.WaitForPendingFinalizers();
        _allowed = Math.Max(MostUnused, 2 * Interlocked.Read(ref _inUse));
        return TakeUnused(size);
    }

    /// <summary>Takes back what an array had that was disposed or collected.</summary>
    private void GiveBack((nint Address, long Size) block)
    {
        Interlocked.Add(ref _inUse, -block.Size);
        lock (_gate)
        {
            if (!_isClosed && (_unused.Count < spare || _unused.Sum(u => u.Size) + block.Size <= MostUnused))
            {
                _unused.Add(block);
                return;
            }
        }

        Free(block);
    }

    private void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _unused.ForEach(Free);
            _unused.Clear();
        }
    }

    /// <summary>Allocates memory, in huge pages where the system has them: it clears those faster than small ones.</summary>
    private static (nint Address, long Size) Allocate(long size)
    {
        nint address = (nint)NativeMemory.AlignedAlloc((nuint)size, HugePage);
        GC.AddMemoryPressure(size);
        if (OperatingSystem.IsLinux())
        {
            // Only advice: where it is not taken, small pages serve as well.
            _ = Advise(address, (nuint)size, AdviseHugePages);
        }

        return (address, size);
    }

    private static void Free((nint Address, long Size) block)
    {
        NativeMemory.AlignedFree((void*)block.Address);
        GC.RemoveMemoryPressure(block.Size);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
