using System.Runtime.InteropServices;
using Dnnlib.Pickle;
using NumSharp;
using TensorGraph.Numpy;

namespace Dnnlib.Torch;

/// <summary>A tensor of PyTorch as its pickle describes it: a view of a storage, gathered into memory of its own when asked for.</summary>
internal sealed class TorchTensor
{
    private readonly TorchStorage _storage;
    private readonly TorchDType _dtype;
    private readonly long _offset;
    private readonly long[] _shape;
    private readonly long[] _strides;

    /// <summary>A view of a storage.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="dtype">The type of the tensor's elements.</param>
    /// <param name="offset">The first element's place in the storage.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="strides">How many elements apart the neighbours along each axis are.</param>
    /// <exception cref="FormatException">It reaches beyond the storage.</exception>
    internal TorchTensor(TorchStorage storage, TorchDType dtype, long offset, long[] shape, long[] strides)
    {
        _storage = storage;
        _dtype = dtype;
        _offset = offset;
        _shape = shape;
        _strides = strides;
        Count = CheckedCount();
    }

    /// <summary>The type of its elements.</summary>
    internal TorchDType DType => _dtype;

    /// <summary>Its shape; empty for a scalar.</summary>
    internal IReadOnlyList<long> Shape => _shape;

    private long Count { get; }

    private bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (int axis = _shape.Length - 1; axis >= 0; expected *= _shape[axis], axis--)
            {
                if (_shape[axis] != 1 && _strides[axis] != expected)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>
    /// The elements as a NumSharp array in row-major order; bfloat16 as float32. Shares the storage's memory where layout and byte order
    /// allow.
    /// </summary>
    /// <exception cref="InvalidDataException">It takes far more memory than its file can fill.</exception>
    internal NDArray ToNDArray()
    {
        _storage.Input.Charge(Count * _dtype.ItemSize);
        ReadOnlyMemory<byte> data = IsContiguous || Count == 0
            ? _storage.Data.Slice((int)(Count == 0 ? 0 : _offset * _dtype.ItemSize), (int)(Count * _dtype.ItemSize))
            : Gathered();
        PickleArray array = new();
        array.Set(_dtype.Stored with { IsBigEndian = _storage.IsBigEndian }, _shape, isFortranOrder: false, data);
        return _dtype.IsBFloat16 ? Widened(array.ToNDArray()) : array.ToNDArray();
    }

    /// <summary>The number of elements, all of which lie within the storage.</summary>
    private long CheckedCount()
    {
        Int128 count = 1, last = _offset;
        for (int axis = 0; axis < _shape.Length; axis++)
        {
            count = count <= int.MaxValue ? count * _shape[axis] : count;
            last += (Int128)(_shape[axis] - 1) * _strides[axis];
        }

        long held = _storage.Data.Length / _dtype.ItemSize;
        bool isSound = _offset >= 0 && Array.TrueForAll(_shape, d => d >= 0) && Array.TrueForAll(_strides, s => s >= 0);
        return isSound && count * _dtype.ItemSize <= int.MaxValue && (count == 0 || last < held)
            ? (long)count
            : throw new FormatException(
                $"a tensor of shape [{string.Join(", ", _shape)}], strides [{string.Join(", ", _strides)}] and offset {_offset} "
                + $"reaches beyond its storage of {held} elements");
    }

    /// <summary>Copies the elements in row-major order.</summary>
    private byte[] Gathered()
    {
        int size = _dtype.ItemSize, written = 0;
        byte[] to = GC.AllocateUninitializedArray<byte>((int)Count * size);
        ReadOnlySpan<byte> from = _storage.Data.Span;
        long[] index = new long[_shape.Length];
        for (long at = _offset; written < to.Length; at = Next(index, at))
        {
            from.Slice((int)at * size, size).CopyTo(to.AsSpan(written));
            written += size;
        }

        return to;
    }

    /// <summary>Moves on to the next element in row-major order.</summary>
    private long Next(long[] index, long at)
    {
        for (int axis = _shape.Length - 1; axis >= 0; axis--)
        {
            at += _strides[axis];
            if (++index[axis] < _shape[axis])
            {
                return at;
            }

            at -= _shape[axis] * _strides[axis];
            index[axis] = 0;
        }

        return at;
    }

    private NDArray Widened(NDArray halves)
    {
        _storage.Input.Charge(Count * sizeof(float));
        NDArray wide = np.empty(new Shape(_shape), typeof(float));
        Span<uint> bits = MemoryMarshal.Cast<byte, uint>(wide.Bytes());
        ReadOnlySpan<ushort> from = halves.AsSpan<ushort>();
        for (int i = 0; i < bits.Length; i++)
        {
            bits[i] = (uint)from[i] << 16;
        }

        GC.KeepAlive(halves);
        return wide;
    }
}
