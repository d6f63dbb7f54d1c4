using Dnnlib.Pickle;
using NumSharp;
using TensorGraph.Numpy;

namespace Dnnlib.Torch;

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
        using FileStream stream = File.OpenRead(path);
        byte[] start = Start(stream);
        if (!CheckedZip.Begins(start))
        {
            return TorchLegacyFile.Begins(start);
        }

        using CheckedZip zip = new(stream, path);
        return TorchZipFile.Is(zip);
    }

    /// <summary>The tensors of a saved <c>state_dict()</c>, by name and in its order.</summary>
    /// <exception cref="InvalidDataException">It is not a file of PyTorch's, is damaged, or holds something else; one line that names the file and says what is wrong.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<(string Name, NDArray Value)> LoadStateDict(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return LoadStateDict(stream, path);
    }

    /// <summary>The tensors of a <c>state_dict()</c> in a stream that can be read anywhere.</summary>
    /// <param name="stream">The stream, at its beginning.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <inheritdoc cref="LoadStateDict(string)"/>
    public static IReadOnlyList<(string Name, NDArray Value)> LoadStateDict(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] start = Start(stream);
        stream.Position = 0;
        try
        {
            return CheckedZip.Begins(start) ? LoadZip(stream, name) : LoadLegacy(stream, name);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{name}: not a state_dict of PyTorch: {e.Message}", e);
        }
    }

    private static List<(string Name, NDArray Value)> LoadZip(Stream stream, string name)
    {
        using TorchZipFile file = new(stream, name);
        return StateDict(file.Content, new TorchTensors(file, name));
    }

    private static List<(string Name, NDArray Value)> LoadLegacy(Stream stream, string name)
    {
        TorchLegacyFile file = TorchLegacyFile.Read(stream, name);
        return StateDict(file.Content, new TorchTensors(file, name));
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

    private static byte[] Start(Stream stream)
    {
        byte[] start = new byte[StartSize];
        return start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }
}
