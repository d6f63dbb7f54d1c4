using Dnnlib.Pickle;

namespace Dnnlib.Torch;

/// <summary>
/// Recognises tensors of PyTorch in what a pickle holds: calls of <c>torch._utils._rebuild_tensor_v2</c> and its kin, which are described,
/// not made.
/// </summary>
internal sealed class TorchTensors
{
    private readonly ITorchStorages? _storages;
    private readonly string _path;
    private readonly Dictionary<ReadOnlyMemory<byte>, TorchStorage> _embedded = [];

    /// <summary>Recognises tensors in a plain pickle, which has their storages within itself.</summary>
    /// <param name="path">The file, for errors.</param>
    internal TorchTensors(string path)
        : this(null, path)
    {
    }

    /// <summary>Recognises tensors in the pickle of a file.</summary>
    /// <param name="storages">The storages of the file; null where it has none beside the pickle.</param>
    /// <param name="path">The file, for errors.</param>
    internal TorchTensors(ITorchStorages? storages, string path)
    {
        _storages = storages;
        _path = path;
    }

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

    /// <summary>The call within <c>torch.nn.Parameter</c>s; parameters of parameters are not written by anybody.</summary>
    private static PickleObject? Unwrapped(object? value) =>
        value is PickleObject { Callable: PickleGlobal { Module: "torch._utils",
            Name: "_rebuild_parameter" or "_rebuild_parameter_with_state" }, Arguments: object?[] { Length: > 0 } parts }
            ? parts[0] as PickleObject
            : value as PickleObject;

    private TorchStorage Storage(object? value) => value switch
    {
        PicklePersistentId reference when _storages is not null => _storages.Find(reference),
        PickleObject { Callable: PickleGlobal { Module: "torch.storage", Name: "_load_from_bytes" },
            Arguments: object?[] { Length: 1 } parts }
            when parts[0] is ReadOnlyMemory<byte> bytes => Embedded(bytes),
        _ => throw new FormatException("a tensor has no storage"),
    };

    /// <summary>
    /// A storage that was written by <c>torch.save</c> into bytes, as plain pickles of tensors have them. The same bytes are read once.
    /// </summary>
    private TorchStorage Embedded(ReadOnlyMemory<byte> bytes)
    {
        if (!_embedded.TryGetValue(bytes, out TorchStorage? storage))
        {
            storage = TorchLegacyFile.ReadStorage(bytes, _path);
            _embedded.Add(bytes, storage);
        }

        return storage;
    }

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
