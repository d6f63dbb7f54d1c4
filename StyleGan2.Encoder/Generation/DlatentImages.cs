using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Networks;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Generation;

/// <summary>Makes the pictures that a generator has for dlatents, those of projections among them.</summary>
/// <param name="generator">The generator.</param>
internal sealed class DlatentImages(Network generator)
{
    private readonly Network _synthesis = generator.Components["synthesis"];
    private readonly SettableNoises _noises = new(generator);

    /// <summary>Reads dlatents, [n, layers, size].</summary>
    /// <exception cref="InvalidDataException">The file holds no dlatents of the network.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal NDArray Load(string file) => DlatentsFile.Load(file, _synthesis.InputShapes[0]);

    /// <summary>Takes the noise maps of a file from now on.</summary>
    /// <exception cref="InvalidDataException">The file does not hold the network's noise maps.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal void UseNoise(string file) => _noises.Set(NoiseFile.Load(file, _noises.Variables));

    /// <summary>The picture of one of several dlatents.</summary>
    /// <param name="dlatents">[n, layers, size].</param>
    /// <param name="index">Which one.</param>
    /// <returns>float32 [1, channels, height, width] in about [-1, 1], as a projection's picture is.</returns>
    internal NDArray Make(NDArray dlatents, int index) => _synthesis.Run(
        [dlatents[new Slice(index, index + 1)].Contiguous()], new NetworkRunOptions(), new EasyDict { ["randomize_noise"] = false })[0];
}
