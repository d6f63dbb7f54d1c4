using Dnnlib.Pickle;

namespace Dnnlib.Torch;

/// <summary>A PyTorch element type.</summary>
/// <param name="Name">PyTorch's name, such as <c>float32</c>.</param>
/// <param name="Stored">The NumPy type with the same bytes.</param>
/// <param name="IsBFloat16">Whether the bytes are the upper half of a float32; NumPy has no such type, so elements become float32.</param>
internal sealed record TorchDType(string Name, NumpyDType Stored, bool IsBFloat16 = false)
{
    private static readonly Dictionary<string, TorchDType> s_byName = new TorchDType[]
    {
        new("float32", new('f', 4, false)),
        new("float64", new('f', 8, false)),
        new("float16", new('f', 2, false)),
        new("bfloat16", new('u', 2, false), IsBFloat16: true),
        new("uint8", new('u', 1, false)),
        new("int8", new('i', 1, false)),
        new("int16", new('i', 2, false)),
        new("int32", new('i', 4, false)),
        new("int64", new('i', 8, false)),
        new("uint16", new('u', 2, false)),
        new("uint32", new('u', 4, false)),
        new("uint64", new('u', 8, false)),
        new("bool", new('b', 1, false)),
        new("complex64", new('c', 8, false)),
        new("complex128", new('c', 16, false)),
    }.ToDictionary(d => d.Name);

    private static readonly Dictionary<string, string> s_byStorage = new()
    {
        ["FloatStorage"] = "float32",
        ["DoubleStorage"] = "float64",
        ["HalfStorage"] = "float16",
        ["BFloat16Storage"] = "bfloat16",
        ["ByteStorage"] = "uint8",
        ["CharStorage"] = "int8",
        ["ShortStorage"] = "int16",
        ["IntStorage"] = "int32",
        ["LongStorage"] = "int64",
        ["BoolStorage"] = "bool",
        ["ComplexFloatStorage"] = "complex64",
        ["ComplexDoubleStorage"] = "complex128",
        ["UntypedStorage"] = "uint8",
    };

    /// <summary>Whether elements are real numbers in floating point.</summary>
    internal bool IsFloating => Stored.Kind == 'f' || IsBFloat16;

    /// <summary>Bytes of one element.</summary>
    internal int ItemSize => Stored.ItemSize;

    /// <summary>The type of a name such as <c>torch.float32</c>; null where it is not known.</summary>
    internal static TorchDType? Find(object? name) =>
        name is PickleGlobal { Module: "torch" } global ? s_byName.GetValueOrDefault(global.Name) : null;

    /// <summary>The type of the elements of a storage class such as <c>torch.FloatStorage</c>; null where it is not known.</summary>
    internal static TorchDType? OfStorage(object? storageClass) =>
        storageClass is PickleGlobal { Module: "torch" or "torch.cuda" or "torch.storage" } global
            && s_byStorage.TryGetValue(global.Name, out string? name)
            ? s_byName[name]
            : null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
