using Dnnlib.Pickle;

namespace Dnnlib.Torch;

/// <summary>A PyTorch element type.</summary>
/// <param name="Name">PyTorch's name, such as <c>float32</c>.</param>
/// <param name="Storage">The class of storages of such elements, such as <c>FloatStorage</c>; null where there is none.</param>
/// <param name="Stored">The NumPy type with the same bytes.</param>
internal sealed record TorchDType(string Name, string? Storage, NumpyDType Stored)
{
    private const string Untyped = "UntypedStorage";

    private static readonly TorchDType[] s_all =
    [
        new("float32", "FloatStorage", new('f', 4, false)),
        new("float64", "DoubleStorage", new('f', 8, false)),
        new("float16", "HalfStorage", new('f', 2, false)),
        new("bfloat16", "BFloat16Storage", new('u', 2, false)),
        new("uint8", "ByteStorage", new('u', 1, false)),
        new("int8", "CharStorage", new('i', 1, false)),
        new("int16", "ShortStorage", new('i', 2, false)),
        new("int32", "IntStorage", new('i', 4, false)),
        new("int64", "LongStorage", new('i', 8, false)),
        new("uint16", null, new('u', 2, false)),
        new("uint32", null, new('u', 4, false)),
        new("uint64", null, new('u', 8, false)),
        new("bool", "BoolStorage", new('b', 1, false)),
        new("complex64", "ComplexFloatStorage", new('c', 8, false)),
        new("complex128", "ComplexDoubleStorage", new('c', 16, false)),
    ];

    /// <summary>Whether the bytes are the upper half of a float32; NumPy has no such type, so elements become float32.</summary>
    internal bool IsBFloat16 => Name == "bfloat16";

    /// <summary>Whether elements are real numbers in floating point.</summary>
    internal bool IsFloating => Stored.Kind == 'f' || IsBFloat16;

    /// <summary>Bytes of one element.</summary>
    internal int ItemSize => Stored.ItemSize;

    /// <summary>The type of a name such as <c>torch.float32</c>; null where it is not known.</summary>
    internal static TorchDType? Find(object? name) =>
        name is PickleGlobal { Module: "torch" } global ? Array.Find(s_all, d => d.Name == global.Name) : null;

    /// <summary>The type of the elements of a storage class such as <c>torch.FloatStorage</c>; null where it is not known.</summary>
    internal static TorchDType? OfStorage(object? storageClass) =>
        storageClass is PickleGlobal { Module: "torch" or "torch.cuda" or "torch.storage" } global
            ? Array.Find(s_all, d => d.Storage == (global.Name == Untyped ? "ByteStorage" : global.Name))
            : null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
