using Dnnlib.TfLib;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using Training;

namespace StyleGan2.Encoder.Networks;

/// <summary>Runs a network on the arrays of a file, the core of the command <c>evaluate</c>.</summary>
internal static class NetworkEvaluation
{
    private const string Labels = "labels";

    /// <summary>Runs a network or a component on all samples of a file.</summary>
    /// <param name="part">What is run, with which settings.</param>
    /// <param name="input">.npz file with <c>latents</c>, <c>dlatents</c> (or <c>w</c>, <c>ws</c>) or <c>images</c>, as the network takes
    /// them, and <c>labels</c>; without labels, zeros are taken. Or .npy file of dlatents, [layers, size] or [n, layers, size]. A file of
    /// dlatents alone is run through a generator's component <c>synthesis</c>.</param>
    /// <param name="output">New .npz file with <c>dlatents</c>, <c>images</c> or <c>scores</c>, float32; or .png file of the images side by
    /// side.</param>
    /// <param name="needLabels">Whether missing labels are an error.</param>
    /// <param name="minibatchSize">Samples in one run; discriminators compare the samples of a run with each other.</param>
    /// <param name="config">Seeds, device and threads.</param>
    /// <param name="noise">File of noise maps that the generator takes instead of its own; null for its own.</param>
    /// <exception cref="InvalidDataException">A file is not what it should be, or the arrays do not fit the network.</exception>
    /// <exception cref="ArgumentException">The network has no such setting.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <returns>The output's name and shape.</returns>
    internal static (string Name, IReadOnlyList<long> Shape) Run(
        NetworkPart part, string input, string output, bool needLabels, int minibatchSize, TfConfig config, string? noise = null)
    {
        bool isNpy = DlatentsFile.IsNpy(input);
        Dictionary<string, NDArray> arrays = isNpy ? [] : NpzArchive.Load(input).ToDictionary(a => a.Name, a => a.Value);
        bool isOfDlatents = part.Component is null && part.Net != "D" && !arrays.Keys.Intersect(["latents", "images"]).Any()
            && (isNpy || arrays.Keys.Intersect(DlatentsFile.Names).Any());
        using OpenedPart opened = new(isOfDlatents ? part with { Component = "synthesis" } : part, config);
        if (noise is not null)
        {
            opened.UseNoise(noise);
        }

        NDArray?[] inputs = [.. opened.InputNames.Zip(opened.Network.InputShapes, InputOf)];
        if (inputs.FirstOrDefault(i => i is not null && i.shape[0] != inputs[0]!.shape[0]) is { } other)
        {
            throw new InvalidDataException(
                $"{input}: {opened.InputNames[0]} has {inputs[0]!.shape[0]} samples, {Labels} {other.shape[0]}; give as many of both");
        }

        NDArray made = opened.Network.Run(inputs, new NetworkRunOptions { MinibatchSize = minibatchSize }, opened.Kwargs)[0];
        Save(output, opened.OutputName, made);
        return (opened.OutputName, made.shape);

        NDArray? InputOf(string name, TensorShape shape) => name == "dlatents"
            ? DlatentsFile.Load(input, shape)
            : Input(arrays, name, shape, input, optional: name == Labels && !needLabels);
    }

    private static void Save(string output, string name, NDArray made)
    {
        if (!IsPicture(output))
        {
            NpzArchive.Save(output, [(name, made)]);
        }
        else if (name == "images")
        {
            Misc.SaveImageGrid(made, output, (-1, 1));
        }
        else
        {
            throw new ArgumentException($"{output}: the network makes {name}, which are no pictures; give a file name that ends in .npz");
        }
    }

    private static bool IsPicture(string output) => Path.GetExtension(output).Equals(".png", StringComparison.OrdinalIgnoreCase);

    private static NDArray? Input(Dictionary<string, NDArray> arrays, string name, TensorShape shape, string file, bool optional)
    {
        if (!arrays.TryGetValue(name, out NDArray? array))
        {
            return optional ? null : throw new InvalidDataException(
                $"{file}: it has no array {name}, which the network takes; it has {string.Join(", ", arrays.Keys)}");
        }

        return array.ndim == shape.Rank && array.shape.Skip(1).SequenceEqual(shape.Skip(1).Select(d => (long)d))
            ? array
            : throw new InvalidDataException($"{file}: {name} has shape [{string.Join(", ", array.shape)}]; the network takes {shape}");
    }
}
