using Dnnlib.Pickle;

namespace Dnnlib.Torch;

/// <summary>The memory that tensors share.</summary>
/// <param name="DType">The type of its elements.</param>
/// <param name="Data">Their bytes.</param>
/// <param name="IsBigEndian">Whether bytes of a number lie most significant first.</param>
/// <param name="Input">What it was read from, which keeps account of memory.</param>
internal sealed record TorchStorage(TorchDType DType, ReadOnlyMemory<byte> Data, bool IsBigEndian, PickleInput Input)
{
    /// <summary>The same memory with elements of the type that a reference to it says.</summary>
    /// <exception cref="FormatException">The reference says another size.</exception>
    internal TorchStorage As(TorchStorageId id) => Data.Length == id.ByteCount
        ? this with { DType = id.DType }
        : throw new FormatException($"a storage has {Data.Length} bytes where its tensors say {id.ByteCount}");
}
