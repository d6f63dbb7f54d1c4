using Dnnlib.Pickle;

namespace Dnnlib.Torch;

/// <summary>How a pickle of PyTorch refers to a storage: <c>('storage', class, key, device, number of elements)</c>.</summary>
/// <param name="DType">The type of its elements.</param>
/// <param name="Key">What names it.</param>
/// <param name="Count">The number of its elements.</param>
internal sealed record TorchStorageId(TorchDType DType, string Key, long Count)
{
    /// <summary>The number of its bytes.</summary>
    internal long ByteCount => Count * DType.ItemSize;

    /// <summary>Reads what stands in the pickle.</summary>
    /// <exception cref="FormatException">It is no such reference.</exception>
    internal static TorchStorageId Parse(PicklePersistentId reference)
    {
        if (reference.Id is not object?[] { Length: 5 or 6 } parts || parts[0] is not "storage"
            || parts[2] is not string key || parts[4] is not (>= 0L and <= int.MaxValue))
        {
            throw new FormatException("the pickle refers to something outside that is no storage of PyTorch");
        }

        if (parts.Length == 6 && parts[5] is not null)
        {
            throw new FormatException(
                "it has a view of a storage, as PyTorch wrote them before version 0.4; save it again with a newer PyTorch");
        }

        TorchDType dtype = TorchDType.OfStorage(parts[1])
            ?? throw new FormatException($"it has a storage of class {parts[1] as PickleGlobal}, which is not supported");
        return new TorchStorageId(dtype, key, (long)parts[4]!);
    }
}
