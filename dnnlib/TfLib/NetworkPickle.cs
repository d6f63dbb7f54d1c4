using Dnnlib.Pickle;
using Dnnlib.Torch;
using TensorGraph.Runtime;

namespace Dnnlib.TfLib;

/// <summary>A file of networks: the reference's (G, D, Gs), stylegan2-ada-pytorch's {G, D, G_ema}, or one network alone.</summary>
public sealed class NetworkPickle
{
    private readonly string _path;
    private readonly IReadOnlyList<NetworkState?> _networks;

    private NetworkPickle(string path, IReadOnlyList<NetworkState?> networks)
    {
        _path = path;
        _networks = networks;
    }

    /// <summary>The networks in the file, in order; those that the file leaves out as None are null.</summary>
    public IReadOnlyList<NetworkState?> Networks => _networks;

    /// <summary>The generator as trained.</summary>
    /// <exception cref="InvalidDataException">The file has none.</exception>
    public NetworkState G => At(0, "G");

    /// <summary>The discriminator.</summary>
    /// <exception cref="InvalidDataException">The file has none.</exception>
    public NetworkState D => At(1, "D");

    /// <summary>The generator's moving average, which makes the best images; the one network where there is no other.</summary>
    /// <exception cref="InvalidDataException">The file has none.</exception>
    public NetworkState Gs => At(_networks.Count - 1, "Gs");

    /// <summary>
    /// Reads a file of networks, without running anything that it asks for: what the reference's <c>misc.save_pkl</c> wrote, or what stylegan2-ada-pytorch's training did
    /// (a dictionary with G, D and G_ema), whose networks come as TensorFlow's under TensorFlow's names.
    /// </summary>
    /// <exception cref="InvalidDataException">It is no pickle of networks, or damaged; one line that names the file, what is wrong and where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NetworkPickle Load(string path) => From(PickleReader.Load(path), path);

    /// <summary>Reads networks from a stream that knows its length, from where it stands.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <inheritdoc cref="Load(string)"/>
    public static NetworkPickle Load(Stream stream, string name) => From(new PickleReader(stream, name).Read(), name);

    /// <summary>Writes three networks as the reference's <c>misc.save_pkl((G, D, Gs))</c> does; the file appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="g">The generator as trained; null is written as None.</param>
    /// <param name="d">The discriminator; null is written as None.</param>
    /// <param name="gs">The generator's moving average; null is written as None.</param>
    /// <exception cref="NotSupportedException">A setting or a variable is of a kind that no pickle of networks holds.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, NetworkState? g, NetworkState? d, NetworkState? gs) => WholeFile.Write(path, stream => NetworkStateWriter.Write(stream, [g, d, gs]));

    /// <summary>Writes one network alone, as the reference keeps its LPIPS.</summary>
    /// <inheritdoc cref="Save(string, NetworkState, NetworkState, NetworkState)"/>
    public static void Save(string path, NetworkState network)
    {
        ArgumentNullException.ThrowIfNull(network);
        WholeFile.Write(path, stream => NetworkStateWriter.Write(stream, network));
    }

    /// <summary>The networks in what a pickle holds.</summary>
    /// <param name="content">What the pickle holds.</param>
    /// <param name="path">Its file, for errors.</param>
    internal static NetworkPickle From(object? content, string path)
    {
        NetworkStateReader reader = new();
        try
        {
            NetworkState?[] networks = content switch
            {
                PickleDict dict when TorchNetworks.Are(dict) => TorchNetworks.Read(dict, path),
                object?[] { Length: 3 } tuple => [.. tuple.Select(n => n is null ? null : reader.Read(n, "one of the three networks"))],
                object?[] tuple => throw new FormatException($"it is a tuple of {tuple.Length}; a network file has three networks (G, D, Gs), or one"),
                _ => [reader.Read(content, "the network")],
            };
            return new NetworkPickle(path, networks);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{path}: not a file of networks: {e.Message}", e);
        }
    }

    private NetworkState At(int index, string name) =>
        (index < _networks.Count ? _networks[index] : null) ?? throw new InvalidDataException($"{_path}: it has no network {name}; give a file that has");
}
