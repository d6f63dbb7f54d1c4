using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using Dnnlib.Pickle;

namespace Dnnlib.Torch;

/// <summary>
/// The format of <c>torch.save</c> before PyTorch 1.6: pickles of a magic number, a version, the machine, the object and the storages'
/// keys; then the storages.
/// </summary>
internal sealed class TorchLegacyFile
{
    private const long ProtocolVersion = 1001;

    // A storage within a pickle of megabytes is mostly small.
    private const long EmbeddedMemory = 1 << 16;
    private const int EmbeddedMemoryPerByte = 4;

    private static readonly byte[] s_magic = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

    private readonly PickleInput _input;
    private readonly Dictionary<string, TorchStorage> _storages = [];
    private readonly bool _isBigEndian;

    private TorchLegacyFile(PickleInput input)
    {
        _input = input;
        PickleReader reader = new(input);
        if (reader.Read() is not BigInteger magic || magic != new BigInteger(s_magic))
        {
            throw new FormatException("it does not begin as PyTorch's files do");
        }

        if (reader.Read() is not ProtocolVersion)
        {
            throw new FormatException($"its format is another than version {ProtocolVersion}");
        }

        _isBigEndian = reader.Read() is PickleDict machine && machine.TryGetValue("little_endian", out object? isLittle)
            && isLittle is false;
        Content = reader.Read();
        ReadStorages(reader.References, reader.Read());
    }

    /// <summary>The object saved, its tensors still calls.</summary>
    internal object? Content { get; }

    /// <summary>Whether a file begins with the magic number's pickle.</summary>
    internal static bool Begins(ReadOnlySpan<byte> start) => start.IndexOf(s_magic) is > 0 and < 16;

    /// <summary>Reads a file to its end.</summary>
    /// <exception cref="FormatException">It is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    internal static TorchLegacyFile Read(Stream stream, string path) => new(new PickleInput(stream, path));

    /// <summary>The storage that was saved by itself into bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="path">The file that they are in, for errors.</param>
    /// <exception cref="FormatException">The bytes are no storage.</exception>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    internal static TorchStorage ReadStorage(ReadOnlyMemory<byte> bytes, string path)
    {
        if (!MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> segment))
        {
            throw new FormatException("a tensor's storage is not bytes");
        }

        using MemoryStream stream = new(segment.Array!, segment.Offset, segment.Count, writable: false);
        TorchLegacyFile file = new(new PickleInput(stream, $"{path}: a tensor's storage",
            EmbeddedMemory + (EmbeddedMemoryPerByte * (long)segment.Count)));
        return file.Find(file.Content as PicklePersistentId ?? throw new FormatException("a tensor's storage holds something else"));
    }

    /// <summary>The storage that a pickle refers to.</summary>
    /// <exception cref="FormatException">It is no reference to a storage, or there is none of that name, or it does not fit.</exception>
    internal TorchStorage Find(PicklePersistentId reference)
    {
        TorchStorageId id = TorchStorageId.Parse(reference);
        return _storages.GetValueOrDefault(id.Key)?.As(id) ?? throw new FormatException("a tensor's storage is not in the file");
    }

    private void ReadStorages(IEnumerable<PicklePersistentId> references, object? keys)
    {
        Dictionary<string, TorchStorageId> ids = [];
        foreach (TorchStorageId id in references.Select(TorchStorageId.Parse))
        {
            ids.TryAdd(id.Key, id);
        }

        foreach (object? key in keys as List<object?> ?? throw new FormatException("the list of its storages is none"))
        {
            if (key is not string name || !ids.TryGetValue(name, out TorchStorageId? id))
            {
                throw new FormatException("it has a storage that no tensor uses");
            }

            long count = BinaryPrimitives.ReadInt64LittleEndian(_input.Read(sizeof(long)));
            if (count != id.Count)
            {
                throw new FormatException($"a storage has {count} elements where its tensors say {id.Count}");
            }

            _storages[name] = new TorchStorage(id.DType, _input.ReadBytes(id.ByteCount), _isBigEndian, _input);
        }
    }
}
