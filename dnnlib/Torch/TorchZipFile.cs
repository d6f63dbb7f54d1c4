using System.Text;
using Dnnlib.Pickle;
using TensorGraph.Numpy;

namespace Dnnlib.Torch;

/// <summary>The format of <c>torch.save</c> since PyTorch 1.6: a zip file of one pickle (<c>NAME/data.pkl</c>) and of the storages (<c>NAME/data/KEY</c>), which are read when asked for.</summary>
internal sealed class TorchZipFile : ITorchStorages, IDisposable
{
    private const string PickleName = "/data.pkl";

    private readonly CheckedZip _zip;
    private readonly string _root;
    private readonly PickleInput _input;
    private readonly Dictionary<string, TorchStorage> _storages = [];

    /// <summary>Opens a file and reads its pickle.</summary>
    /// <exception cref="FormatException">It has no pickle.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal TorchZipFile(Stream file, string path)
    {
        _zip = new CheckedZip(file, path);
        try
        {
            string name = PickleIn(_zip) ?? throw new FormatException("it has no data.pkl");
            _root = name[..^PickleName.Length];
            using MemoryStream stream = new(_zip.Read(name)!, writable: false);
            _input = new PickleInput(stream, path, PickleLimits.Memory(file.Length));
            Content = new PickleReader(_input).Read();
        }
        catch
        {
            _zip.Dispose();
            throw;
        }
    }

    /// <summary>The object saved, its tensors still calls.</summary>
    internal object? Content { get; }

    private bool IsBigEndian => _zip.Read($"{_root}/byteorder") is { } order && Encoding.ASCII.GetString(order) == "big";

    /// <summary>Whether a zip file is one of PyTorch's.</summary>
    internal static bool Is(CheckedZip zip) => PickleIn(zip) is not null;

    /// <inheritdoc/>
    public TorchStorage Find(PicklePersistentId reference)
    {
        TorchStorageId id = TorchStorageId.Parse(reference);
        if (!_storages.TryGetValue(id.Key, out TorchStorage? storage))
        {
            byte[] data = _zip.Read($"{_root}/data/{id.Key}") ?? throw new FormatException("a tensor's storage is not in the file");
            _input.Charge(data.Length);
            storage = new TorchStorage(id.DType, data, IsBigEndian, _input);
            _storages.Add(id.Key, storage);
        }

        return storage.Data.Length == id.ByteCount
            ? storage with { DType = id.DType }
            : throw new FormatException($"a storage has {storage.Data.Length} bytes where its tensors say {id.ByteCount}");
    }

    public void Dispose() => _zip.Dispose();

    private static string? PickleIn(CheckedZip zip) =>
        zip.Names.FirstOrDefault(n => n.EndsWith(PickleName, StringComparison.Ordinal) && n.IndexOf('/', StringComparison.Ordinal) == n.Length - PickleName.Length);
}
