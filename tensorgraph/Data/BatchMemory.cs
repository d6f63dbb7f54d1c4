using System.Runtime.InteropServices;
using NumSharp;

namespace TensorGraph.Data;

/// <summary>Memory of batches: that of one which was disposed, or collected, serves the next. Fresh memory costs more than filling it: the system clears it page by page.</summary>
internal sealed unsafe class BatchMemory : IDisposable
{
    private const nuint Alignment = 64;

    /// <summary>How much may lie unused.</summary>
    private const long LargestReserve = 128 << 20;

    private readonly Lock _gate = new();
    private readonly List<(nint Address, long Size)> _free = [];
    private bool _isDisposed;

    ~BatchMemory() => Free();

    /// <summary>An array for a batch; its elements are whatever was there.</summary>
    internal NDArray Take(DType dtype, TensorShape shape)
    {
        long size = dtype.ByteSize() * shape.Elements!.Value;
        long[] dims = [.. shape.Select(d => (long)d)];
        if (size == 0)
        {
            return np.empty(new Shape(dims), dtype.ClrType());
        }

        (nint address, long capacity) = Find(size);
        GC.AddMemoryPressure(capacity);
        using NDArray flat = np.frombuffer(address, size, dtype.ClrType(), -1, 0, () => Return(address, capacity));
        return flat.reshape(new Shape(dims));
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private (nint Address, long Size) Find(long size)
    {
        lock (_gate)
        {
            int found = _free.FindIndex(f => f.Size >= size);
            if (found >= 0)
            {
                (nint, long) memory = _free[found];
                _free.RemoveAt(found);
                return memory;
            }
        }

        return ((nint)NativeMemory.AlignedAlloc((nuint)size, Alignment), size);
    }

    private void Return(nint address, long capacity)
    {
        GC.RemoveMemoryPressure(capacity);
        lock (_gate)
        {
            if (!_isDisposed && (_free.Count < 2 || _free.Sum(f => f.Size) + capacity <= LargestReserve))
            {
                _free.Add((address, capacity));
                return;
            }
        }

        NativeMemory.AlignedFree((void*)address);
    }

    private void Free()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _free.ForEach(f => NativeMemory.AlignedFree((void*)f.Address));
            _free.Clear();
        }
    }
}
