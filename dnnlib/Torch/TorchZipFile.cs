using System.Runtime.InteropServices;
using System.Text;
using Dnnlib.Pickle;
using TensorGraph.Numpy;

namespace Dnnlib.Torch;

/// <summary>
/// The format of <c>torch.save</c> since PyTorch 1.6: a zip file of one pickle (<c>NAME/data.pkl</c>) and of the storages
/// (<c>NAME/data/KEY</c>), which are read when asked for.
/// </summary>
internal sealed class TorchZipFile
{
    private const string PickleName = "/data.pkl";

    private readonly Func<Stream> _open;
    private readonly string _path;
    private readonly string _root;
    private readonly bool _isBigEndian;
    private readonly PickleInput _input;
    private readonly Dictionary<string, TorchStorage> _storages = [];

    /// <summary>Opens a file and reads its pickle.</summary>
    /// <param name="open">Opens the file; done again for every storage that is asked for.</param>
    /// <param name="path">The file's name, for errors.</param>
    /// <exception cref="FormatException">It has no pickle.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal TorchZipFile(Func<Stream> open, string path)
    {
        _open = open;
        _path = path;
        using Stream file = open();
        long memory = PickleLimits.Memory(file.Length);
        using CheckedZip zip = new(file, path);
        string name = PickleIn(zip) ?? throw new FormatException("it has no data.pkl");
        _root = name[..^PickleName.Length];
        _isBigEndian = zip.Read($"{_root}/byteorder") is { } order && Encoding.ASCII.GetString(order) == "big";
        using MemoryStream stream = new(zip.Read(name)!, writable: false);
        _input = new PickleInput(stream, path, memory);
        Content = new PickleReader(_input).Read();
    }

    /// <summary>The object saved, its tensors still calls.</summary>
    internal object? Content { get; }

    /// <summary>Whether a zip file is one of PyTorch's.</summary>
    internal static bool Is(CheckedZip zip) => PickleIn(zip) is not null;

    /// <summary>The storage that a pickle refers to.</summary>
    /// <exception cref="FormatException">It is no reference to a storage, or there is none of that name, or it does not fit.</exception>
    internal TorchStorage Find(PicklePersistentId reference)
    {
        TorchStorageId id = TorchStorageId.Parse(reference);
        return (CollectionsMarshal.GetValueRefOrAddDefault(_storages, id.Key, out _) ??= Read(id)).As(id);
    }

    private TorchStorage Read(TorchStorageId id)
    {
        using CheckedZip zip = new(_open(), _path);
        byte[] data = zip.Read($"{_root}/data/{id.Key}") ?? throw new FormatException("a tensor's storage is not in the file");
        _input.Charge(data.Length);
        return new TorchStorage(id.DType, data, _isBigEndian, _input);
    }

    private static string? PickleIn(CheckedZip zip) =>
        zip.Names.FirstOrDefault(n => n.EndsWith(PickleName, StringComparison.Ordinal) && n.IndexOf('/',
            StringComparison.Ordinal) == n.Length - PickleName.Length);
}
