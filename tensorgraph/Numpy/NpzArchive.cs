using System.IO.Compression;
using NumSharp;
using TensorGraph.Records;

namespace TensorGraph.Numpy;

/// <summary>
/// .npz files of numbers: reads what <c>np.savez</c> and <c>np.savez_compressed</c> wrote, every claim checked before memory is taken, and
/// writes what <c>np.load</c> reads.
/// </summary>
public static class NpzArchive
{
    private const string Extension = ".npy";

    /// <summary>The arrays in a file, by name and in its order.</summary>
    /// <exception cref="InvalidDataException">It is not a .npz file, holds something other than numbers that tensors can hold, or is
    /// damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<(string Name, NDArray Value)> Load(string path)
    {
        using CheckedZip zip = new(File.OpenRead(path), path);
        string? other = zip.Names.FirstOrDefault(n => !n.EndsWith(Extension, StringComparison.Ordinal));
        return other is null
            ? [.. zip.Names.Select(n => (n[..^Extension.Length], Read(zip, n, path)))]
            : throw new InvalidDataException($"{path}: it is a zip file of something else than NumPy arrays; save arrays with np.savez");
    }

    /// <summary>Writes arrays as <c>np.savez</c> does, not compressed; the file appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arrays">The arrays, each under a name of its own.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, IEnumerable<(string Name, NDArray Value)> arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        WholeFile.Write(path, stream =>
        {
            using ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach ((string name, NDArray value) in arrays)
            {
                using Stream entry = zip.CreateEntry(name + Extension, CompressionLevel.NoCompression).Open();
                entry.Write(np.save(value.Contiguous()));
            }
        });
    }

    private static NDArray Read(CheckedZip zip, string name, string path)
    {
        using MemoryStream stream = new(zip.Read(name)!, writable: false);
        return NpyFile.Read(stream, $"{path}: {name}");
    }
}
