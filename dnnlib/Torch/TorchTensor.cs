using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Dnnlib.Pickle;
using NumSharp;
using TensorGraph.Numpy;

namespace Dnnlib.Torch;

/// <summary>A tensor of PyTorch as its pickle describes it: a view of a storage, gathered into memory of its own when asked for.</summary>
/// <param name="storage">The storage.</param>
/// <param name="dtype">The type of the tensor's elements.</param>
/// <param name="offset">The first element's place in the storage.</param>
/// <param name="shape">The shape.</param>
/// <param name="strides">How many elements apart the neighbours along each axis are.</param>
/// <exception cref="FormatException">It reaches beyond the storage.</exception>
internal sealed class TorchTensor(TorchStorage storage, TorchDType dtype, long offset, long[] shape, long[] strides)
{
    private readonly long _count = CheckedCount(storage.Data.Length / dtype.ItemSize, dtype.ItemSize, offset, shape, strides);

    /// <summary>The type of its elements.</summary>
    internal TorchDType DType => dtype;

    /// <summary>Its shape; empty for a scalar.</summary>
    internal IReadOnlyList<long> Shape => shape;

    private bool IsContiguous => shape.Zip(strides, RowMajorStrides(shape)).All(axis => axis.First == 1 || axis.Second == axis.Third);

    /// <summary>How many elements apart the neighbours along each axis are where the last index runs fastest.</summary>
    internal static long[] RowMajorStrides(long[] shape)
    {
        long[] strides = new long[shape.Length];
        long step = 1;
        for (int axis = shape.Length - 1; axis >= 0; step *= shape[axis], axis--)
        {
            strides[axis] = step;
        }

        return strides;
    }

    /// <summary>
    /// The elements as a NumSharp array in row-major order; bfloat16 as float32. Shares the storage's memory where layout and byte order
    /// allow.
    /// </summary>
    /// <exception cref="InvalidDataException">It takes far more memory than its file can fill.</exception>
    internal NDArray ToNDArray()
    {
        storage.Input.Charge(_count * dtype.ItemSize);
        ReadOnlyMemory<byte> data = IsContiguous || _count == 0
            ? storage.Data.Slice((int)(_count == 0 ? 0 : offset * dtype.ItemSize), (int)(_count * dtype.ItemSize))
            : Gathered();
        PickleArray array = new();
        array.Set(dtype.Stored with { IsBigEndian = storage.IsBigEndian }, shape, isFortranOrder: false, data);
        return dtype.IsBFloat16 ? Widened(array.ToNDArray()) : array.ToNDArray();
    }

    /// <summary>The number of elements, all of which lie within the storage.</summary>
    private static long CheckedCount(long held, int size, long offset, long[] shape, long[] strides)
    {
        Int128 count = 1, last = offset;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            count = count <= int.MaxValue ? count * shape[axis] : count;
            last += (Int128)(shape[axis] - 1) * strides[axis];
        }

        bool isSound = offset >= 0 && Array.TrueForAll(shape, d => d >= 0) && Array.TrueForAll(strides, s => s >= 0);
        return isSound && count * size <= int.MaxValue && (count == 0 || last < held)
            ? (long)count
            : throw new FormatException(
                $"a tensor of shape [{string.Join(", ", shape)}], strides [{string.Join(", ", strides)}] and offset {offset} "
                + $"reaches beyond its storage of {held} elements");
    }

    /// <summary>Copies the elements in row-major order.</summary>
    private byte[] Gathered()
    {
        int size = dtype.ItemSize, written = 0;
        byte[] to = GC.AllocateUninitializedArray<byte>((int)_count * size);
        ReadOnlySpan<byte> from = storage.Data.Span;
        long[] index = new long[shape.Length];
        for (long at = offset; written < to.Length; at = Next(index, at))
        {
            from.Slice((int)at * size, size).CopyTo(to.AsSpan(written));
            written += size;
        }

        return to;
    }

    /// <summary>Moves on to the next element in row-major order.</summary>
    private long Next(long[] index, long at)
    {
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            at += strides[axis];
            if (++index[axis] < shape[axis])
            {
                return at;
            }

            at -= shape[axis] * strides[axis];
            index[axis] = 0;
        }

        return at;
    }

    private NDArray Widened(NDArray halves)
    {
        storage.Input.Charge(_count * sizeof(float));
        NDArray wide = np.empty(new Shape(shape), typeof(float));
        Span<uint> bits = MemoryMarshal.Cast<byte, uint>(wide.Bytes());
        ReadOnlySpan<ushort> from = halves.AsSpan<ushort>();
        TensorPrimitives.ConvertTruncating(from, bits);
        TensorPrimitives.ShiftLeft(bits, 16, bits);
        GC.KeepAlive(halves);
        return wide;
    }
}
