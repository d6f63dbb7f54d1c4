using Dnnlib.TfLib;
using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Networks;

/// <summary>Saves a network as an ONNX model that stands on its own, the core of the command <c>export-onnx</c>.</summary>
internal static class NetworkExport
{
    /// <summary>Saves a network or a component with its settings, noise maps and other variables as constants.</summary>
    /// <param name="part">What is saved, with which settings.</param>
    /// <param name="output">The .onnx file; it appears whole or not at all.</param>
    /// <param name="config">Seeds, device and threads.</param>
    /// <returns>The model's inputs (<c>latents</c>, <c>labels</c>, <c>dlatents</c>, <c>images</c>; labels only where the network has any)
    /// and its output, with their shapes.</returns>
    /// <exception cref="InvalidDataException">It is no file of networks, is damaged, or has no such network or component.</exception>
    /// <exception cref="ArgumentException">The network has no such setting.</exception>
    /// <exception cref="NotSupportedException">The network draws random numbers.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    internal static (IReadOnlyList<(string Name, TensorShape Shape)> Inputs, (string Name, TensorShape Shape) Output) Run(
        NetworkPart part, string output, TfConfig config)
    {
        using OpenedPart opened = new(part, config);
        using IDisposable graph = opened.Session.Graph.AsDefault();

        // A growing network decides on its levels while it runs; this structure has the same values without deciding.
        opened.Kwargs["structure"] = "linear";
        (string Name, Tensor Tensor)[] inputs =
            [.. opened.InputNames.Zip(opened.Network.InputShapes, (name, shape) => (name, tf.placeholder(tf.float32, shape, name)))];
        Tensor result = opened.Network.GetOutputFor([.. inputs.Select(i => i.Tensor)], opened.Kwargs)[0];
        inputs = [.. inputs.Where(i => !i.Tensor.Shape.Contains(0))];
        opened.Session.Export(output, [(opened.OutputName, result)], inputs);
        return ([.. inputs.Select(i => (i.Name, i.Tensor.Shape))], (opened.OutputName, result.Shape));
    }
}
