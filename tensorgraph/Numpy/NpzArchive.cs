using NumSharp;

namespace TensorGraph.Numpy;

/// <summary>Reads .npz files of numbers (<c>np.load</c> of what <c>np.savez</c> and <c>np.savez_compressed</c> wrote), every claim checked before memory is taken.</summary>
public static class NpzArchive
{
    private const string Extension = ".npy";

    /// <summary>The arrays in a file, by name and in its order.</summary>
    /// <exception cref="InvalidDataException">It is not a .npz file, holds something other than numbers that tensors can hold, or is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<(string Name, NDArray Value)> Load(string path)
    {
        using CheckedZip zip = new(path);
        string? other = zip.Names.FirstOrDefault(n => !n.EndsWith(Extension, StringComparison.Ordinal));
        return other is null
            ? [.. zip.Names.Select(n => (n[..^Extension.Length], Read(zip, n, path)))]
            : throw new InvalidDataException($"{path}: it is a zip file of something else than NumPy arrays; save arrays with np.savez");
    }

    private static NDArray Read(CheckedZip zip, string name, string path)
    {
        using MemoryStream stream = new(zip.Read(name)!, writable: false);
        return NpyFile.Read(stream, $"{path}: {name}");
    }
}
