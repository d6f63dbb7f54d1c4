using NumSharp;

namespace TensorGraph.Numpy;

/// <summary>Views of NumSharp arrays as .NET memory, and back.</summary>
public static class NDArrayExtensions
{
    /// <summary>The elements of a C-contiguous array in row-major order, without a copy.</summary>
    /// <remarks>The garbage collector frees an unreachable array's memory under the span: keep the array alive past the last use, or take
    /// <see cref="Values"/>.</remarks>
    /// <typeparam name="T">The array's element type.</typeparam>
    /// <exception cref="ArgumentException">The element type differs, or the array is not contiguous.</exception>
    public static unsafe Span<T> AsSpan<T>(this NDArray array)
        where T : unmanaged
    {
        RequireRowMajorMemory(array);
        if (array.dtype != typeof(T))
        {
            throw new ArgumentException($"the array holds {array.dtype.Name}, not {typeof(T).Name}", nameof(array));
        }

        return array.size == 0 ? [] : new Span<T>(array.Unsafe.Address, checked((int)array.size));
    }

    /// <summary>The bytes of a C-contiguous array's elements, without a copy; valid while the array is reachable.</summary>
    /// <exception cref="ArgumentException">The array is not contiguous.</exception>
    public static unsafe Span<byte> Bytes(this NDArray array)
    {
        RequireRowMajorMemory(array);
        return array.size == 0 ? [] : new Span<byte>(array.Unsafe.Address, checked((int)(array.size * array.dtypesize)));
    }

    /// <summary>A copy of the elements in row-major order.</summary>
    /// <typeparam name="T">The array's element type.</typeparam>
    /// <exception cref="ArgumentException">The element type differs.</exception>
    public static T[] Values<T>(this NDArray array)
        where T : unmanaged
    {
        NDArray contiguous = array.Contiguous();
        T[] values = contiguous.AsSpan<T>().ToArray();
        GC.KeepAlive(contiguous);
        return values;
    }

    /// <summary>
    /// The array itself if its elements lie in row-major order in memory of its own, otherwise a copy that does; a view of another array is
    /// copied.
    /// </summary>
    public static NDArray Contiguous(this NDArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return OwnsRowMajorMemory(array) ? array : np.copy(array, order: 'C');
    }

    /// <summary>Copies the array over some rows of another, which may be larger than a span.</summary>
    /// <param name="rows">The rows, of the other array's element type.</param>
    /// <param name="all">A C-contiguous array with rows of the same shape.</param>
    /// <param name="first">Which row of the other array is the first to be written.</param>
    /// <exception cref="ArgumentException">The rows differ in type or shape, do not fit, or the array is not contiguous.</exception>
    public static unsafe void CopyToRows(this NDArray rows, NDArray all, long first)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(all);
        bool fits = rows.dtype == all.dtype && rows.shape.AsSpan(1).SequenceEqual(all.shape.AsSpan(1))
            && first >= 0 && first + rows.shape[0] <= all.shape[0];
        if (!fits || !OwnsRowMajorMemory(all))
        {
            throw new ArgumentException(
                $"rows [{string.Join(", ", rows.shape)}] do not fit at row {first} of a contiguous [{string.Join(", ", all.shape)}]",
                nameof(rows));
        }

        NDArray source = rows.Contiguous();
        long rowBytes = all.shape.Skip(1).Aggregate((long)all.dtypesize, (n, d) => n * d);
        Buffer.MemoryCopy(
            source.Unsafe.Address,
            (byte*)all.Unsafe.Address + (first * rowBytes),
            (all.shape[0] - first) * rowBytes,
            source.shape[0] * rowBytes);
        GC.KeepAlive(source);
        GC.KeepAlive(all);
    }

    /// <summary>The elements converted to a type, in row-major order; the array itself if they are so already.</summary>
    internal static NDArray ContiguousAs(this NDArray array, Type type) => (array.dtype == type ? array : array.astype(type)).Contiguous();

    private static void RequireRowMajorMemory(NDArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        if (!OwnsRowMajorMemory(array))
        {
            throw new ArgumentException("the array is a view or not contiguous; copy it with Contiguous()", nameof(array));
        }
    }

    private static bool OwnsRowMajorMemory(NDArray array) => array.Shape is { IsContiguous: true, IsSliced: false, IsBroadcasted: false };

    /// <summary>A new array of the given shape with a copy of <paramref name="values"/> in row-major order.</summary>
    /// <exception cref="ArgumentException">The shape does not hold exactly that many values.</exception>
    public static NDArray ToNDArray<T>(this ReadOnlySpan<T> values, params long[] shape)
        where T : unmanaged
    {
        NDArray array = np.empty(new Shape(shape), typeof(T));
        if (array.size != values.Length)
        {
            throw new ArgumentException($"{values.Length} values do not fill shape [{string.Join(", ", shape)}]", nameof(shape));
        }

        values.CopyTo(array.AsSpan<T>());
        return array;
    }

    /// <inheritdoc cref="ToNDArray{T}(ReadOnlySpan{T}, long[])"/>
    public static NDArray ToNDArray<T>(this T[] values, params long[] shape)
        where T : unmanaged => ToNDArray((ReadOnlySpan<T>)values, shape);
}
