using System.IO.Compression;
using Dnnlib.Pickle;
using NumSharp;
using TensorGraph.Numpy;
using TensorGraph.Records;

namespace Dnnlib.Torch;

/// <summary>
/// Writes files as PyTorch's <c>torch.save</c> does since version 1.6: what <c>torch.load</c> reads, also with <c>weights_only</c>.
/// </summary>
internal static class TorchWriter
{
    private const string Root = "archive";
    private const byte Protocol = 2;

    /// <summary>Writes a dictionary whose values are tensors, or dictionaries of tensors; the file appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">
    /// The entries: a float32 array, or the names and float32 arrays of a <c>state_dict()</c>, which is written as an <c>OrderedDict</c>.
    /// </param>
    /// <exception cref="NotSupportedException">An entry is something else.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal static void Save(string path, IReadOnlyList<(string Key, object Value)> content)
    {
        List<NDArray> storages = [];
        using MemoryStream pickle = new();
        WritePickle(pickle, content, storages);
        WholeFile.Write(path, stream =>
        {
            using ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
            Add(zip, "data.pkl", pickle.ToArray());
            Add(zip, "byteorder", "little"u8);
            foreach ((int index, NDArray storage) in storages.Index())
            {
                Add(zip, $"data/{index}", storage.Bytes());
                GC.KeepAlive(storage);
            }

            Add(zip, "version", "3\n"u8);
        });
    }

    private static void WritePickle(Stream stream, IReadOnlyList<(string Key, object Value)> content, List<NDArray> storages)
    {
        PickleWriter pickle = new(stream, Protocol);
        pickle.Begin();
        pickle.BeginDict();
        foreach ((string key, object value) in content)
        {
            pickle.Write(key);
            switch (value)
            {
                case NDArray array:
                    WriteTensor(pickle, array, storages);
                    break;
                case IReadOnlyList<(string Name, NDArray Value)> tensors:
                    pickle.WriteCall(new PickleGlobal("collections", "OrderedDict"));
                    pickle.Mark();
                    foreach ((string name, NDArray tensor) in tensors)
                    {
                        pickle.Write(name);
                        WriteTensor(pickle, tensor, storages);
                    }

                    pickle.EndDict();
                    break;
                default:
                    throw new NotSupportedException($"{key} is a {value.GetType().Name}; only tensors can be saved");
            }
        }

        pickle.EndDict();
        pickle.End();
    }

    /// <summary>A tensor as PyTorch pickles it: a view of a storage of its own, which is kept outside the pickle.</summary>
    private static void WriteTensor(PickleWriter pickle, NDArray array, List<NDArray> storages)
    {
        if (array.dtype != typeof(float))
        {
            throw new NotSupportedException($"an array of {array.dtype.Name} is not float32, which is all that is written for PyTorch");
        }

        object?[] reference = ["storage", new PickleGlobal("torch", "FloatStorage"), $"{storages.Count}", "cpu", array.size];
        storages.Add(array.Contiguous());
        pickle.Write(new PickleGlobal("torch._utils", "_rebuild_tensor_v2"));
        pickle.Mark();
        pickle.Write(new PicklePersistentId(reference));
        pickle.Write(0);
        pickle.Write(Array.ConvertAll(array.shape, d => (object?)d));
        pickle.Write(Array.ConvertAll(TorchTensor.RowMajorStrides(array.shape), s => (object?)s));
        pickle.Write(false);
        pickle.WriteCall(new PickleGlobal("collections", "OrderedDict"));
        pickle.EndTuple();
        pickle.EndCall();
    }

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> content)
    {
        using Stream entry = zip.CreateEntry($"{Root}/{name}", CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }
}
