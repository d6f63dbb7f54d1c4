using Dnnlib.Pickle;

namespace Dnnlib.Torch;

/// <summary>Where the storages of a file lie.</summary>
internal interface ITorchStorages
{
    /// <summary>The storage that a pickle refers to.</summary>
    /// <exception cref="FormatException">It is no reference to a storage, or there is none of that name, or it does not fit.</exception>
    TorchStorage Find(PicklePersistentId reference);
}
