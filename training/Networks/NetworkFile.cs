using Dnnlib.Pickle;
using Dnnlib.TfLib;
using Dnnlib.Torch;
using TensorGraph.Numpy;
using Training.Networks.Import;

namespace Training.Networks;

/// <summary>
/// A file of networks: the reference's (G, D, Gs) or one network alone; stylegan2-ada-pytorch's {G, D, G_ema} or a generator alone; a
/// checkpoint of
/// rosinality's stylegan2-pytorch. Nothing in it is run.
/// </summary>
/// <remarks>Each network is read when it is asked for: what is wrong with one is no error of the others.</remarks>
public sealed class NetworkFile
{
    private static readonly string[] s_names = ["G", "D", "Gs"];

    private readonly string _path;
    private readonly Lazy<NetworkState?>[] _networks;

    private NetworkFile(string path, IReadOnlyList<Func<NetworkState?>> networks)
    {
        _path = path;
        _networks = [.. networks.Select((read, i) => new Lazy<NetworkState?>(() => Read(path, NameOf(i, networks.Count), read)))];
    }

    /// <summary>How many networks the file has room for: three (G, D and Gs) or one.</summary>
    public int Count => _networks.Length;

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

    /// <summary>A network by its place; null where the file leaves it out as None.</summary>
    /// <param name="index">The place, below <see cref="Count"/>.</param>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public NetworkState? this[int index] => _networks[index].Value;

    /// <summary>
    /// Opens a file of networks; those of PyTorch come as the reference's, under its names. A file whose name ends in .npz is read as
    /// <see cref="NetworkArrays"/> writes it.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// It is no file of networks, or damaged; one line that names the file and says what it is, or what is wrong and where.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InsufficientMemoryException">There is too little memory for it.</exception>
    public static NetworkFile Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (ForeignFile.OfName(path) is { } what)
        {
            throw NotNetworks(path, what);
        }

        return NetworkArrays.Are(path)
            ? new NetworkFile(path, [.. NetworkArrays.Load(path).Select<NetworkState?, Func<NetworkState?>>(n => () => n)])
            : Load(() => File.OpenRead(path), path);
    }

    /// <summary>Opens a file of networks.</summary>
    /// <param name="open">Opens the file; done again when tensors of PyTorch are asked for.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <inheritdoc cref="Load(string)"/>
    public static NetworkFile Load(Func<Stream> open, string name)
    {
        ArgumentNullException.ThrowIfNull(open);
        try
        {
            return new NetworkFile(name, Find(open, name));
        }
        catch (OutOfMemoryException e)
        {
            throw NoRoom(name, e);
        }
        catch (FormatException e)
        {
            throw NotNetworks(name, e.Message, e);
        }
    }

    private static IReadOnlyList<Func<NetworkState?>> Find(Func<Stream> open, string name)
    {
        RefuseForeign(open, name);
        if (TorchFile.Is(open, name))
        {
            TorchFile file = TorchFile.Load(open, name);
            return TorchNetworks.Find(file.Content, file.Tensors)
                ?? throw new FormatException(
                    $"it is a file of PyTorch that holds {PlainValues.Describe(file.Content)}; {TorchNetworks.WhatIsRead}");
        }

        using Stream stream = open();
        object? content = new PickleReader(stream, name).Read();
        return TorchNetworks.Find(content, new TorchTensors(name)) ?? content switch
        {
            object?[] { Length: 3 } tuple => [.. tuple.Select((n, i) => Reading(n, s_names[i]))],
            object?[] tuple => throw new FormatException(
                $"it is a tuple of {tuple.Length}; a network file has three networks (G, D, Gs), or one"),
            _ => [Found(NetworkStateReader.Read(content, "the network"))],
        };
    }

    private static Func<NetworkState?> Reading(object? pickled, string name) =>
        () => pickled is null ? null : NetworkStateReader.Read(pickled, name);

    private static Func<NetworkState?> Found(NetworkState state) => () => state;

    private static void RefuseForeign(Func<Stream> open, string name)
    {
        using Stream stream = open();
        byte[] buffer = new byte[ForeignFile.StartSize];
        ReadOnlySpan<byte> start = buffer.AsSpan(0, stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
        if (ForeignFile.OfContent(start) is { } what)
        {
            throw new FormatException(what);
        }

        if (CheckedZip.Begins(start) && !TorchFile.Is(open, name))
        {
            using CheckedZip zip = new(open(), name);
            throw new FormatException(ForeignFile.OfZip(zip.Names));
        }
    }

    private static NetworkState? Read(string path, string name, Func<NetworkState?> read)
    {
        try
        {
            return read() is { } state ? From(path, state) : null;
        }
        catch (OutOfMemoryException e)
        {
            throw NoRoom(path, e);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{path}: its network {name} cannot be read: {e.Message}", e);
        }
    }

    private static InsufficientMemoryException NoRoom(string path, OutOfMemoryException inner) =>
        new($"{path}: there is too little for its networks; close other programs, or use a computer with more", inner);

    /// <summary>A network that knows its file.</summary>
    private static NetworkState From(string path, NetworkState state) => state with
    {
        File = path,
        Components = new OrderedDictionary<string, NetworkState>(
            state.Components.Select(c => KeyValuePair.Create(c.Key, From(path, c.Value)))),
    };

    private static string NameOf(int index, int count) => count == 1 ? s_names[^1] : s_names[index];

    private static InvalidDataException NotNetworks(string path, string what, Exception? inner = null) =>
        new($"{path}: not a file of networks: {what}", inner);

    private NetworkState At(int index, string name) => (index < _networks.Length ? _networks[index].Value : null)
        ?? throw new InvalidDataException($"{_path}: it has no network {name}; give a file that has");
}
