using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Networks;

/// <summary>
/// Files of dlatents: .npy of [layers, size] or [n, layers, size], as <c>project_images</c> and StyleGAN2's tools write them, and .npz with
/// one of these as <c>dlatents</c>, <c>w</c> or <c>ws</c>.
/// </summary>
internal static class DlatentsFile
{
    /// <summary>Names of dlatents in .npz files: this program's, stylegan2-ada-pytorch's, and PyTorch encoders'.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["dlatents", "w", "ws"];

    /// <summary>Whether a file's name is that of a single array.</summary>
    internal static bool IsNpy(string path) => Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads dlatents.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shape">What the network takes, [n, layers, size].</param>
    /// <returns>float32 [n, layers, size].</returns>
    /// <exception cref="InvalidDataException">It holds no dlatents of this network.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static NDArray Load(string path, TensorShape shape)
    {
        NDArray read = IsNpy(path) ? NpyFile.Load(path) : FromNpz(path);
        NDArray dlatents = read.ndim == 2 ? read.reshape(new Shape([1, .. read.shape])) : read;
        return dlatents.ndim == 3 && dlatents.shape[1] == shape[1] && dlatents.shape[2] == shape[2]
            ? dlatents.ContiguousAs(typeof(float))
            : throw new InvalidDataException(
                $"{path}: its dlatents have shape [{string.Join(", ", read.shape)}]; the network takes [{shape[1]}, {shape[2]}] "
                    + $"or [n, {shape[1]}, {shape[2]}]");
    }

    private static NDArray FromNpz(string path)
    {
        IReadOnlyList<(string Name, NDArray Value)> arrays = NpzArchive.Load(path);
        return Names.SelectMany(name => arrays.Where(a => a.Name == name)).FirstOrDefault().Value
            ?? throw new InvalidDataException(
                $"{path}: it has no array {string.Join(", ", Names.SkipLast(1))} or {Names[^1]}; "
                    + $"it has {string.Join(", ", arrays.Select(a => a.Name))}");
    }
}
