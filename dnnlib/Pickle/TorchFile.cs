using NumSharp;
using TensorGraph.Numpy;

namespace Dnnlib.Pickle;

/// <summary>Reads the tensors in files that PyTorch's <c>torch.save</c> wrote, in its zip format and in the one before; nothing in them is run.</summary>
public static class TorchFile
{
    private const int StartSize = 32;
    private const int LongestName = 200;

    /// <summary>Whether a file is one of PyTorch's, judged by its content.</summary>
    /// <exception cref="InvalidDataException">It is a damaged zip file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool Is(string path)
    {
        byte[] start = Start(path);
        if (!CheckedZip.Begins(start))
        {
            return TorchLegacyFile.Begins(start);
        }

        using CheckedZip zip = new(path);
        return TorchZipFile.Is(zip);
    }

    /// <summary>The tensors of a saved <c>state_dict()</c>, by name and in its order.</summary>
    /// <exception cref="InvalidDataException">It is not a file of PyTorch's, is damaged, or holds something else; one line that names the file and says what is wrong.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<(string Name, NDArray Value)> LoadStateDict(string path)
    {
        try
        {
            return CheckedZip.Begins(Start(path)) ? LoadZip(path) : LoadLegacy(path);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{path}: not a state_dict of PyTorch: {e.Message}", e);
        }
    }

    private static List<(string Name, NDArray Value)> LoadZip(string path)
    {
        using TorchZipFile file = new(path);
        return StateDict(file.Content, new TorchTensors(file, path));
    }

    private static List<(string Name, NDArray Value)> LoadLegacy(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        TorchLegacyFile file = TorchLegacyFile.Read(stream, path);
        return StateDict(file.Content, new TorchTensors(file, path));
    }

    private static List<(string Name, NDArray Value)> StateDict(object? content, TorchTensors tensors)
    {
        List<(string Name, NDArray Value)> arrays = [];
        foreach ((object key, object? value) in content as PickleDict ?? throw PlainValues.Unexpected(content, "a dictionary of tensors"))
        {
            string name = key is string { Length: <= LongestName } text && !text.Any(char.IsControl) ? text : throw new FormatException("a tensor's name is none on one line");
            arrays.Add((name, (tensors.Find(value) ?? throw PlainValues.Unexpected(value, $"a tensor for {name}")).ToNDArray()));
        }

        return arrays;
    }

    private static byte[] Start(string path)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] start = new byte[StartSize];
        return start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }
}
