using Dnnlib.TfLib;
using NumSharp;
using TensorGraph.Numpy;

namespace Training.Networks;

/// <summary>
/// Networks as a .npz file: every variable under its full name, such as <c>Gs/G_synthesis/4x4/Conv/weight</c>, and all else in the bytes
/// <c>networks.pkl</c>, the pickle of the same networks with 0 in place of each variable.
/// </summary>
internal static class NetworkArrays
{
    private const string Frame = "networks.pkl";

    /// <summary>Whether a file is of this kind, by its name.</summary>
    internal static bool Are(string path) => Path.GetExtension(path).Equals(".npz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes networks; the file appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="networks">The networks: one, or G, D and Gs, any of which may be null.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal static void Save(string path, IReadOnlyList<NetworkState?> networks)
    {
        using MemoryStream frame = new();
        NetworkPickle.Write(frame, [.. networks.Select(n => n is null ? null : WithVariables(n, n.Name, _ => NDArray.Scalar(0f)))]);
        IEnumerable<(string, NDArray)> variables = networks.OfType<NetworkState>().SelectMany(n => Variables(n, n.Name));
        NpzArchive.Save(path, variables.Append((Frame, frame.ToArray().ToNDArray(frame.Length))));
    }

    /// <summary>Reads networks.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or holds other arrays.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static IEnumerable<NetworkState?> Load(string path)
    {
        Dictionary<string, NDArray> arrays = NpzArchive.Load(path).DistinctBy(a => a.Name).ToDictionary(a => a.Name, a => a.Value);
        if (!arrays.TryGetValue(Frame, out NDArray? frame) || frame.dtype != typeof(byte))
        {
            throw new InvalidDataException(
                $"{path}: arrays that are not those of networks: there is no {Frame} among them; give a file that convert wrote");
        }

        NetworkFile frames = NetworkFile.Load(() => new MemoryStream(frame.Values<byte>(), writable: false), $"{path}: {Frame}");
        return frames.Networks.Select(n => n is null ? null : WithVariables(n, n.Name, Value));

        NDArray Value(string name) =>
            arrays.TryGetValue(name, out NDArray? value)
                ? value
                : throw new InvalidDataException($"{path}: there is no array {name}; write the file again with convert");
    }

    private static NetworkState WithVariables(NetworkState network, string path, Func<string, NDArray> value) => network with
    {
        Variables = [.. network.Variables.Select(v => (v.Name, value($"{path}/{v.Name}")))],
        Components = new OrderedDictionary<string, NetworkState>(
            network.Components.Select(c => KeyValuePair.Create(c.Key, WithVariables(c.Value, $"{path}/{c.Value.Name}", value)))),
    };

    private static IEnumerable<(string Name, NDArray Value)> Variables(NetworkState network, string path) =>
        network.Variables.Select(v => ($"{path}/{v.Name}", v.Value))
            .Concat(network.Components.Values.SelectMany(c => Variables(c, $"{path}/{c.Name}")));
}
