using System.Runtime.InteropServices;
using Dnnlib.Pickle;

namespace Dnnlib.Torch;

/// <summary>
/// Recognises tensors of PyTorch in what a pickle holds: calls of <c>torch._utils._rebuild_tensor_v2</c> and its kin, which are described,
/// not made.
/// </summary>
/// <param name="path">The file, for errors.</param>
/// <param name="findStorage">
/// Finds a storage that the pickle refers to; null where the file is a plain pickle, which has the storages within itself.
/// </param>
internal sealed class TorchTensors(string path, Func<PicklePersistentId, TorchStorage>? findStorage = null)
{
    private readonly Dictionary<ReadOnlyMemory<byte>, TorchStorage> _embedded = [];

    /// <summary>The tensor that an object stands for; null where it is none.</summary>
    /// <exception cref="FormatException">It is one that cannot be read; the message says why.</exception>
    internal TorchTensor? Find(object? value)
    {
        PickleObject? call = Unwrapped(value);
        if (call is not { Callable: PickleGlobal { Module: "torch._utils",
            Name: "_rebuild_tensor" or "_rebuild_tensor_v2" or "_rebuild_tensor_v3" } function })
        {
            return null;
        }

        bool hasDType = function.Name == "_rebuild_tensor_v3";
        if (call.Arguments is not object?[] { Length: >= 4 } parts || parts[1] is not long offset || (hasDType && parts.Length < 7))
        {
            throw new FormatException($"the arguments of {function} are not those that PyTorch writes");
        }

        TorchStorage storage = Storage(parts[0]);
        TorchDType dtype = hasDType
            ? TorchDType.Find(parts[6])
                ?? throw new FormatException($"a tensor has elements of type {parts[6] as PickleGlobal}, which is not supported")
            : storage.DType;
        long[] shape = Integers(parts[2]), strides = Integers(parts[3]);
        return shape.Length == strides.Length && shape.Length <= PickleLimits.Dimensions
            ? new TorchTensor(storage, dtype, offset, shape, strides)
            : throw new FormatException($"a tensor has {shape.Length} dimensions and {strides.Length} strides");
    }

    /// <summary>The tensor of floating-point numbers that an object stands for.</summary>
    /// <param name="value">The object.</param>
    /// <param name="what">What it is called, for errors.</param>
    /// <param name="rank">How many dimensions it must have.</param>
    /// <exception cref="FormatException">It is no such tensor, or has another number of dimensions.</exception>
    internal TorchTensor Floats(object? value, string what, int rank)
    {
        TorchTensor tensor = Find(value) ?? throw PlainValues.Unexpected(value, what);
        return tensor.Shape.Count == rank && tensor.DType.IsFloating
            ? tensor
            : throw new FormatException(
                $"{what} has {tensor.Shape.Count} dimensions of {tensor.DType} where {rank} of floating-point numbers are expected");
    }

    /// <summary>The call within <c>torch.nn.Parameter</c>s; parameters of parameters are not written by anybody.</summary>
    private static PickleObject? Unwrapped(object? value) =>
        value is PickleObject { Callable: PickleGlobal { Module: "torch._utils",
            Name: "_rebuild_parameter" or "_rebuild_parameter_with_state" }, Arguments: object?[] { Length: > 0 } parts }
            ? parts[0] as PickleObject
            : value as PickleObject;

    private TorchStorage Storage(object? value) => value switch
    {
        PicklePersistentId reference when findStorage is not null => findStorage(reference),
        PickleObject { Callable: PickleGlobal { Module: "torch.storage", Name: "_load_from_bytes" },
            Arguments: object?[] { Length: 1 } parts }
            when parts[0] is ReadOnlyMemory<byte> bytes => Embedded(bytes),
        _ => throw new FormatException("a tensor has no storage"),
    };

    /// <summary>
    /// A storage that was written by <c>torch.save</c> into bytes, as plain pickles of tensors have them. The same bytes are read once.
    /// </summary>
    private TorchStorage Embedded(ReadOnlyMemory<byte> bytes) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_embedded, bytes, out _) ??= TorchLegacyFile.ReadStorage(bytes, path);

    private static long[] Integers(object? value) => value switch
    {
        object?[] tuple when Array.TrueForAll(tuple, d => d is long) => Array.ConvertAll(tuple, d => (long)d!),
        List<object?> list when list.TrueForAll(d => d is long) => [.. list.Select(d => (long)d!)],

        // A torch.Size, which is a kind of tuple.
        PickleObject { Callable: PickleGlobal { Module: "torch", Name: "Size" },
            Arguments: object?[] { Length: 1 } parts } when parts[0] is not PickleObject => Integers(parts[0]),
        _ => throw new FormatException("the shape or the strides of a tensor are not whole numbers"),
    };
}
