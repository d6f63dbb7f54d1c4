using Dnnlib;
using Dnnlib.TfLib;
using NumSharp;
using StyleGan2.Encoder.Networks;
using TensorGraph.Numpy;

namespace StyleGan2.Encoder.Generation;

/// <summary>
/// Makes the images that a generator has for seeds: a seed gives the latents, then every noise map (<c>run_generator</c>,
/// <c>run_projector</c>).
/// </summary>
/// <param name="generator">A generator with a component <c>synthesis</c>.</param>
/// <param name="label">Its label, [1, size]; null for zeros.</param>
internal sealed class SeededImages(Network generator, NDArray? label)
{
    private readonly SettableNoises _noises = new(generator);
    private readonly Lock _turn = new();

    /// <summary>The image of a seed; several threads wait for each other.</summary>
    /// <param name="seed">The seed of NumPy's stream.</param>
    /// <param name="truncationPsi">How far W is drawn towards its mean; null for the network's own.</param>
    /// <param name="conversion">Conversion of the image to uint8; null for float32.</param>
    /// <returns>[1, channels, height, width].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The truncation is not a finite number.</exception>
    internal NDArray Make(uint seed, double? truncationPsi, ImageConversion? conversion)
    {
        Truncation.Require(truncationPsi ?? 1);
        RandomState random = new(seed);
        NDArray latents = random.Randn(1, generator.InputShapes[0][1]);
        EasyDict kwargs = new() { ["randomize_noise"] = false };
        if (truncationPsi is { } psi)
        {
            kwargs["truncation_psi"] = psi;
        }

        lock (_turn)
        {
            _noises.Set([.. _noises.Variables.Select(noise => random.Randn(noise.Shape.ToArray()))]);
            return generator.Run([latents, label], new NetworkRunOptions { OutputTransform = conversion }, kwargs)[0];
        }
    }
}
