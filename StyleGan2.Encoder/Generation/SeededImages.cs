using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Networks;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Generation;

/// <summary>
/// Makes the images that a generator has for seeds: a seed gives the latents, then every noise map (<c>run_generator</c>,
/// <c>run_projector</c>).
/// </summary>
internal sealed class SeededImages
{
    private readonly Network _generator;
    private readonly Variable[] _noises;
    private readonly Tensor[] _newNoises;
    private readonly Operation _setNoises;

    /// <summary>
    /// Prepares the setting of noise maps; as variables that the graph assigns they are not compiled in, so that a new seed compiles
    /// nothing.
    /// </summary>
    /// <param name="generator">A generator with a component <c>synthesis</c>.</param>
    internal SeededImages(Network generator)
    {
        _generator = generator;
        _noises = NoiseVariables.Of(generator);
        using IDisposable graph = generator.Session.Graph.AsDefault();
        _newNoises = [.. _noises.Select(n => tf.placeholder(n.DType, n.Shape))];
        _setNoises = tf.group(_noises.Zip(_newNoises, (noise, value) => tf.assign(noise, value).Operation));
    }

    /// <summary>The image of a seed.</summary>
    /// <param name="seed">The seed of NumPy's stream.</param>
    /// <param name="truncationPsi">How far W is drawn towards its mean; null for the network's own.</param>
    /// <param name="conversion">Conversion of the image to uint8; null for float32.</param>
    /// <returns>[1, channels, height, width].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The truncation is not a finite number.</exception>
    internal NDArray Make(uint seed, double? truncationPsi, ImageConversion? conversion)
    {
        Truncation.Require(truncationPsi ?? 1);
        RandomState random = new(seed);
        NDArray latents = random.Randn(1, _generator.InputShapes[0][1]);
        FeedDict noises = [];
        foreach ((Variable noise, Tensor value) in _noises.Zip(_newNoises))
        {
            noises.Add(value, random.Randn(noise.Shape.ToArray()));
        }

        _generator.Session.Run(_setNoises, noises);
        EasyDict kwargs = new() { ["randomize_noise"] = false };
        if (truncationPsi is { } psi)
        {
            kwargs["truncation_psi"] = psi;
        }

        return _generator.Run([latents, null], new NetworkRunOptions { OutputTransform = conversion }, kwargs)[0];
    }
}
