using Dnnlib.Torch;
using NumSharp;
using TensorGraph.Numpy;
using Training.Networks;

namespace StyleGan2.Encoder.Perceptual;

/// <summary>Reads the arrays of any kind of file that weights come in.</summary>
internal static class WeightFile
{
    private const int StartSize = 4;

    /// <summary>
    /// The arrays of a pickle of one network, of a <c>state_dict()</c> of PyTorch's or of a .npz file, judged by its content; in the file's
    /// order.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// It is none of these, or is damaged; one line that names the file and says what is wrong.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static IReadOnlyList<(string Name, NDArray Value)> Load(string path)
    {
        if (TorchFile.Is(path))
        {
            return TorchFile.LoadStateDict(path);
        }

        return BeginsAsZip(path) ? NpzArchive.Load(path) : LoadNetwork(path);
    }

    private static IReadOnlyList<(string Name, NDArray Value)> LoadNetwork(string path)
    {
        NetworkFile pickle = NetworkFile.Load(path);
        return pickle.Networks.Count == 1
            ? pickle.Gs.Variables
            : throw LpipsWeights.Wrong(path, $"it holds the networks {string.Join(", ", pickle.Networks.Select(n => n?.Name ?? "None"))}");
    }

    private static bool BeginsAsZip(string path)
    {
        using FileStream stream = File.OpenRead(path);
        Span<byte> start = stackalloc byte[StartSize];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && CheckedZip.Begins(start);
    }
}
