using System.Text;
using Dnnlib.Pickle;
using TensorGraph.Numpy;

namespace DatasetTool.Sources;

/// <summary>A part of a dataset in a Python pickle: RGB pictures of 32x32 pixels, each of a class.</summary>
/// <param name="Pixels">The pictures, one after the other, each [channel, row, column].</param>
/// <param name="Classes">Their classes.</param>
internal sealed record PickledBatch(byte[] Pixels, int[] Classes)
{
    internal const int Side = 32;
    internal const int ImageSize = 3 * Side * Side;

    /// <summary>
    /// Reads a dictionary as CIFAR comes: <c>data</c> and labels of some name, which are texts or, in files that Python 3 saved again,
    /// bytes.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is missing, is no such pickle, or is damaged.</exception>
    internal static PickledBatch LoadDictionary(string path, string labels) => Load(path, root =>
        root is PickleDict dictionary && TryGetValue(dictionary, "data", out object? data)
            && TryGetValue(dictionary, labels, out object? classes)
            ? (data, classes)
            : throw new FormatException($"not a dictionary with data and {labels}"));

    /// <summary>Reads images and labels in a pair, as SVHN comes.</summary>
    /// <exception cref="InvalidDataException">The file is missing, is no such pickle, or is damaged.</exception>
    internal static PickledBatch LoadPair(string path) => Load(path, root => root switch
    {
        IReadOnlyList<object?> { Count: >= 2 } list => (list[0], list[1]),
        _ => throw new FormatException("not a pair of images and labels"),
    });

    private static PickledBatch Load(string path, Func<object?, (object? Images, object? Classes)> parts)
    {
        const string Advice = "get a whole copy of the dataset's Python version";
        using FileStream file = InputFile.Open(path);
        try
        {
            (object? images, object? classes) = parts(new PickleReader(file, path).Read());
            PickledBatch batch = new(ReadImages(images), ReadClasses(classes));
            return batch.Pixels.Length == batch.Classes.Length * ImageSize
                ? batch
                : throw new FormatException(
                    $"{batch.Pixels.Length} bytes of images, which are not {batch.Classes.Length} of 3 x {Side} x {Side}, "
                    + "one for each label");
        }
        catch (FormatException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}; {Advice}", error);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{error.Message}; {Advice}", error);
        }
    }

    private static bool TryGetValue(PickleDict dictionary, string key, out object? value) =>
        dictionary.TryGetValue(key, out value) || dictionary.TryGetValue(new ReadOnlyMemory<byte>(Encoding.ASCII.GetBytes(key)), out value);

    private static byte[] ReadImages(object? value) =>
        value is PickleArray { DType: { Kind: 'u', ItemSize: 1 } } array
            ? array.ToNDArray().Values<byte>()
            : throw new FormatException("its images are not an array of uint8");

    private static int[] ReadClasses(object? value) => value switch
    {
        PickleArray { DType.Kind: 'u' or 'i' } array => array.ToNDArray().astype(typeof(int)).Values<int>(),
        IEnumerable<object?> list => [.. list.Select(ReadClass)],
        _ => throw new FormatException("its labels are neither a list nor an array of whole numbers"),
    };

    private static int ReadClass(object? value) =>
        value is long and >= 0 and <= int.MaxValue
            ? (int)(long)value
            : throw new FormatException($"a label is {value ?? "None"}, not a whole number");
}
