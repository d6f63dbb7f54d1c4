using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using NumSharp;
using TensorGraph.Numpy;

namespace Dnnlib.Pickle;

/// <summary>A NumPy array or scalar as its pickle holds it: the bytes are those read, converted when asked for.</summary>
public sealed class PickleArray
{
    private NDArray? _made;

    internal PickleArray()
    {
    }

    /// <summary>The element type.</summary>
    public NumpyDType DType { get; private set; } = new('V', 0, false);

    /// <summary>The shape; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; private set; } = [0];

    /// <summary>Whether the first index runs fastest.</summary>
    public bool IsFortranOrder { get; private set; }

    /// <summary>The elements' bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; private set; }

    /// <summary>The elements where the type is O; otherwise none.</summary>
    public IReadOnlyList<object?> Objects { get; private set; } = [];

    /// <summary>
    /// The elements as a NumSharp array in row-major order, the same each time; the memory read from the file itself where byte order and
    /// layout allow.
    /// </summary>
    /// <exception cref="FormatException">NumSharp has no such element type.</exception>
    public NDArray ToNDArray() => _made ??= Make();

    /// <summary>Gives the array what it holds; checked to fit together.</summary>
    internal void Set(NumpyDType dtype, long[] shape, bool isFortranOrder, object? content)
    {
        IReadOnlyList<object?> objects = dtype.Kind == 'O' && content is List<object?> list ? list : [];
        ReadOnlyMemory<byte> data = dtype.Kind == 'O' ? default : BytesOf(content);
        UInt128 count = shape.Aggregate((UInt128)1,
            (n, d) => d is >= 0 and <= int.MaxValue && n <= int.MaxValue ? n * (UInt128)d : UInt128.MaxValue);
        bool fits = dtype.Kind == 'O' ? (UInt128)objects.Count == count : (UInt128)data.Length == count * (UInt128)dtype.ItemSize;
        if (count > int.MaxValue || !fits)
        {
            string held = dtype.Kind == 'O' ? $"{objects.Count} objects" : $"{data.Length} bytes";
            string sizes = string.Join(", ", shape);
            throw new FormatException($"an array of shape [{sizes}] and type {dtype} does not fit the {held} that it has");
        }

        (DType, Shape, IsFortranOrder, Data, Objects, _made) = (dtype, shape, isFortranOrder, data, objects, null);
    }

    private NDArray Make()
    {
        NPTypeCode type = DType.TypeCode ?? throw new FormatException($"an array has elements of type {DType}, not numbers");
        ReadOnlyMemory<byte> data = DType.IsBigEndian && DType.WordSize > 1 ? Reversed() : Data;
        if (DType is { Kind: 'c', ItemSize: 8 })
        {
            data = Widened(data);
        }

        if (data.Length == 0)
        {
            return np.empty(new Shape([.. Shape]), type.AsType());
        }

        NDArray flat = View(data, type);
        return IsFortranOrder && Shape.Count > 1
            ? flat.reshape(new Shape([.. Shape.Reverse()])).transpose().Contiguous()
            : flat.reshape(new Shape([.. Shape]));
    }

    /// <summary>An array on memory that already exists, held in place until the array is gone.</summary>
    private static unsafe NDArray View(ReadOnlyMemory<byte> data, NPTypeCode type)
    {
        MemoryHandle pinned = data.Pin();
        return np.frombuffer(pinned.Pointer, data.Length, type, dispose: pinned.Dispose);
    }

    private static ReadOnlyMemory<byte> BytesOf(object? content) => content switch
    {
        ReadOnlyMemory<byte> bytes => bytes,
        PickleText text => text.ToLatin1(),
        string text => PickleText.EncodeLatin1(text),
        _ => throw new FormatException("an array's data are not bytes"),
    };

    private byte[] Reversed()
    {
        byte[] copy = Data.ToArray();
        NpyFile.SwapBytes(copy, DType.WordSize);
        return copy;
    }

    /// <summary>complex64 as complex128, which is the only complex type of .NET.</summary>
    private static byte[] Widened(ReadOnlyMemory<byte> data)
    {
        byte[] wide = new byte[data.Length * 2];
        TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, float>(data.Span), MemoryMarshal.Cast<byte, double>(wide.AsSpan()));
        return wide;
    }
}
