using System.Globalization;
using System.Text.Json;
using Dnnlib.TfLib;
using NumSharp;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Networks;

/// <summary>The label that a network with labels is run with (<c>--class N</c> or <c>--label FILE</c>); where neither is given,
/// zeros.</summary>
public sealed record NetworkLabel
{
    /// <summary>No label is given.</summary>
    public static NetworkLabel None { get; } = new();

    /// <summary>The class, from 0: the label has a 1 there and zeros elsewhere.</summary>
    public int? Class { get; init; }

    /// <summary>A file with the label's values: .npy of [size] or [1, size], or .json, a list of numbers.</summary>
    public string? File { get; init; }

    /// <summary>The label for a network.</summary>
    /// <param name="network">A generator whose inputs are latents and labels.</param>
    /// <param name="note">Receives a line where the network has labels and none is given.</param>
    /// <returns>float32 [1, size]; null where zeros are taken, or the network has no labels.</returns>
    /// <exception cref="ArgumentException">The network has no labels, or no such class.</exception>
    /// <exception cref="InvalidDataException">The file holds no label of this network.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal NDArray? For(Network network, Action<string>? note = null)
    {
        int size = network.InputShapes.Count > 1 ? network.InputShapes[1][1] : 0;
        if (Class is null && File is null)
        {
            if (size > 0)
            {
                note?.Invoke($"The network has labels of {size} components and none is given: zeros are taken; "
                    + "--class or --label gives one");
            }

            return null;
        }

        if (size == 0)
        {
            throw new ArgumentException($"the network has no labels; leave out {(Class is null ? "--label" : "--class")}");
        }

        return File is null ? OneHot(Class!.Value, size) : Values(File, size);
    }

    /// <summary>A label for several samples.</summary>
    /// <returns>float32 [samples, size]; null for null.</returns>
    internal static NDArray? Repeated(NDArray? label, int samples) =>
        label is null ? null : np.concatenate([.. Enumerable.Repeat(label, samples)], 0);

    private static NDArray OneHot(int number, int size)
    {
        if (number < 0 || number >= size)
        {
            throw new ArgumentException($"there is no class {number}: the network's classes are 0 to {size - 1}; give one with --class");
        }

        float[] label = new float[size];
        label[number] = 1;
        return label.ToNDArray(1, size);
    }

    private static NDArray Values(string file, int size)
    {
        float[] values = Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase)
            ? ReadJson(file)
            : NpyFile.Load(file).astype(typeof(float)).Values<float>();
        return values.Length == size && Array.TrueForAll(values, float.IsFinite)
            ? values.ToNDArray(1, size)
            : throw new InvalidDataException(
                $"{file}: it has {values.Length.ToString(CultureInfo.InvariantCulture)} values; "
                    + $"a label of the network has {size} finite ones");
    }

    private static float[] ReadJson(string file)
    {
        try
        {
            using FileStream stream = System.IO.File.OpenRead(file);
            return JsonSerializer.Deserialize<float[]>(stream) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file}: not a JSON list of numbers ({error.Message}); correct it", error);
        }
    }
}
