using Dnnlib.Pickle;
using NumSharp;
using TensorGraph.Numpy;

namespace Dnnlib.Torch;

/// <summary>
/// A file that PyTorch's <c>torch.save</c> wrote, in its zip format or in the one before. Nothing in it is run, and tensors are read when
/// asked for.
/// </summary>
public sealed class TorchFile
{
    private const int StartSize = 32;
    private const int LongestName = 200;

    private TorchFile(object? content, Func<PicklePersistentId, TorchStorage> findStorage, string path)
    {
        Content = content;
        Tensors = new TorchTensors(path, findStorage);
    }

    /// <summary>The object saved, as a pickle holds it.</summary>
    internal object? Content { get; }

    /// <summary>Recognises the tensors in the object.</summary>
    internal TorchTensors Tensors { get; }

    /// <summary>Whether a file is one of PyTorch's, judged by its content.</summary>
    /// <exception cref="InvalidDataException">It is a damaged zip file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool Is(string path) => Is(() => File.OpenRead(path), path);

    /// <summary>Whether a file is one of PyTorch's, judged by its content.</summary>
    /// <param name="open">Opens the file.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <inheritdoc cref="Is(string)"/>
    public static bool Is(Func<Stream> open, string name)
    {
        using Stream stream = Opened(open);
        byte[] start = Start(stream);
        if (!CheckedZip.Begins(start))
        {
            return TorchLegacyFile.Begins(start);
        }

        using CheckedZip zip = new(stream, name);
        return TorchZipFile.Is(zip);
    }

    /// <summary>Reads the object in a file, without the tensors where the format allows.</summary>
    /// <param name="open">Opens the file; done again for every tensor that is asked for.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="FormatException">It is not a file of PyTorch's.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static TorchFile Load(Func<Stream> open, string name)
    {
        using Stream stream = Opened(open);
        byte[] start = Start(stream);
        if (CheckedZip.Begins(start))
        {
            TorchZipFile zip = new(open, name);
            return new TorchFile(zip.Content, zip.Find, name);
        }

        stream.Position = 0;
        TorchLegacyFile legacy = TorchLegacyFile.Read(stream, name);
        return new TorchFile(legacy.Content, legacy.Find, name);
    }

    /// <summary>The tensors of a saved <c>state_dict()</c>, by name and in its order.</summary>
    /// <exception cref="InvalidDataException">
    /// It is not a file of PyTorch's, is damaged, or holds something else; one line that names the file and says what is wrong.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<(string Name, NDArray Value)> LoadStateDict(string path) => LoadStateDict(() => File.OpenRead(path), path);

    /// <summary>The tensors of a saved <c>state_dict()</c>, by name and in its order.</summary>
    /// <param name="open">Opens the file.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <inheritdoc cref="LoadStateDict(string)"/>
    public static IReadOnlyList<(string Name, NDArray Value)> LoadStateDict(Func<Stream> open, string name)
    {
        try
        {
            TorchFile file = Load(open, name);
            return StateDict(file.Content, file.Tensors);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{name}: not a state_dict of PyTorch: {e.Message}", e);
        }
    }

    private static List<(string Name, NDArray Value)> StateDict(object? content, TorchTensors tensors)
    {
        List<(string Name, NDArray Value)> arrays = [];
        foreach ((object key, object? value) in content as PickleDict ?? throw PlainValues.Unexpected(content, "a dictionary of tensors"))
        {
            string name = key is string { Length: <= LongestName } text && !text.Any(char.IsControl)
                ? text
                : throw new FormatException($"a tensor's name must be text without line breaks, at most {LongestName} letters");
            arrays.Add((name, (tensors.Find(value) ?? throw PlainValues.Unexpected(value, $"a tensor for {name}")).ToNDArray()));
        }

        return arrays;
    }

    private static Stream Opened(Func<Stream> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return open();
    }

    private static byte[] Start(Stream stream)
    {
        byte[] start = new byte[StartSize];
        return start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }
}
