using Dnnlib.Pickle;
using Dnnlib.TfLib;
using Dnnlib.Torch;
using Training.Networks.Import;

namespace Training.Networks;

/// <summary>
/// A file of networks: the reference's (G, D, Gs), stylegan2-ada-pytorch's {G, D, G_ema}, or one network alone. Nothing in it is run.
/// </summary>
/// <remarks>Each network is read when it is asked for: what is wrong with one is no error of the others.</remarks>
public sealed class NetworkFile
{
    private static readonly string[] s_names = ["G", "D", "Gs"];

    private readonly string _path;
    private readonly Lazy<NetworkState?>[] _networks;

    private NetworkFile(string path, IEnumerable<Func<NetworkState?>> networks)
    {
        _path = path;
        _networks = [.. networks.Select(n => new Lazy<NetworkState?>(() => Refusing(path, n)))];
    }

    /// <summary>The networks in the file, in order; those that the file leaves out as None are null.</summary>
    /// <exception cref="InvalidDataException">One of them cannot be read.</exception>
    public IReadOnlyList<NetworkState?> Networks => [.. _networks.Select(n => n.Value)];

    /// <summary>The generator as trained.</summary>
    /// <exception cref="InvalidDataException">The file has none, or it cannot be read.</exception>
    public NetworkState G => At(0, "G");

    /// <summary>The discriminator.</summary>
    /// <exception cref="InvalidDataException">The file has none, or it cannot be read.</exception>
    public NetworkState D => At(1, "D");

    /// <summary>The generator's moving average, which makes the best images; the one network where there is no other.</summary>
    /// <exception cref="InvalidDataException">The file has none, or it cannot be read.</exception>
    public NetworkState Gs => At(_networks.Length - 1, "Gs");

    /// <summary>
    /// Reads a file of networks: what the reference's <c>misc.save_pkl</c> wrote, or what stylegan2-ada-pytorch's training did (a
    /// dictionary with G, D and G_ema), whose networks come as TensorFlow's under TensorFlow's names. A file whose name ends in .npz is
    /// read as <see cref="NetworkArrays"/> writes it.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// It is no file of networks, or damaged; one line that names the file, what is wrong and where.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static NetworkFile Load(string path) => NetworkArrays.Are(path)
        ? new NetworkFile(path, NetworkArrays.Load(path).Select<NetworkState?, Func<NetworkState?>>(n => () => n))
        : Load(() => File.OpenRead(path), path);

    /// <summary>Reads a file of networks.</summary>
    /// <param name="open">Opens the file.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <inheritdoc cref="Load(string)"/>
    public static NetworkFile Load(Func<Stream> open, string name)
    {
        ArgumentNullException.ThrowIfNull(open);
        using Stream stream = open();
        object? content = new PickleReader(stream, name).Read();
        TorchTensors tensors = new(name);
        return content switch
        {
            PickleDict dict when TorchNetworks.Are(dict) => new NetworkFile(name, s_names.Select<string,
                Func<NetworkState?>>(n => () => TorchNetworks.Read(dict, tensors, n))),
            object?[] { Length: 3 } tuple => new NetworkFile(name, tuple.Select<object?,
                Func<NetworkState?>>((n, i) => () => n is null ? null : NetworkStateReader.Read(n, s_names[i]))),
            object?[] tuple => throw NotNetworks(name,
                $"it is a tuple of {tuple.Length}; a network file has three networks (G, D, Gs), or one"),
            _ => One(name, content),
        };
    }

    private static NetworkFile One(string path, object? content)
    {
        NetworkState? network = Refusing(path, () => NetworkStateReader.Read(content, "the network"));
        return new NetworkFile(path, [() => network]);
    }

    private static NetworkState? Refusing(string path, Func<NetworkState?> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw NotNetworks(path, e.Message, e);
        }
    }

    private static InvalidDataException NotNetworks(string path, string what, Exception? inner = null) =>
        new($"{path}: not a file of networks: {what}", inner);

    private NetworkState At(int index, string name) =>
        (index < _networks.Length ? _networks[index].Value : null)
            ?? throw new InvalidDataException($"{_path}: it has no network {name}; give a file that has");
}
