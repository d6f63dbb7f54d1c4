using Dnnlib;
using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace Training.Networks.Layers;

/// <summary>
/// The noise that the layers of a synthesis add: given by the caller (<c>noises_in</c>), drawn in each run (<c>randomize_noise</c>), or
/// kept in the network's variables.
/// </summary>
internal sealed class NoiseInputs
{
    private readonly IReadOnlyList<Tensor>? _maps;

    /// <summary>Makes the variables <c>noise0</c>, <c>noise1</c>, ... or finds them again.</summary>
    /// <param name="kwargs">
    /// The network's settings. <c>noises_in</c> has one tensor a layer, [1, 1, H, W] or [N, 1, H, W].
    /// </param>
    /// <param name="sizes">Height and width of each layer's features in pixels.</param>
    /// <exception cref="ArgumentException"><c>noises_in</c> has another number of maps.</exception>
    internal NoiseInputs(EasyDict kwargs, IEnumerable<(int Height, int Width)> sizes)
    {
        Tensor[] own = [.. sizes.Select(Variable)];
        IReadOnlyList<Tensor>? given = kwargs.Get<IReadOnlyList<Tensor>?>("noises_in", null);
        if (given is not null && given.Count != own.Length)
        {
            throw new ArgumentException($"noises_in has {given.Count} noise maps; the network has {own.Length}");
        }

        bool isRandom = given is null && !Settings.CleanGraph(kwargs) && Settings.RandomizeNoise.Of(kwargs, true);
        _maps = isRandom ? null : given ?? own;
    }

    /// <summary>The noise of a layer.</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="features">What it is added to, [N, C, H, W].</param>
    /// <returns>[1, 1, H, W] or [N, 1, H, W].</returns>
    internal Tensor For(int layer, Tensor features) => _maps?[layer] ?? Drawn(features);

    private static Tensor Variable((int Height, int Width) size, int layer) =>
        tf.get_variable($"noise{layer}", [1, 1, size.Height, size.Width], s => tf.random_normal(s), trainable: false).Value;

    private static Tensor Drawn(Tensor features)
    {
        Tensor samples = NetworkLayers.SampleCount(features);
        Tensor shape = tf.concat([samples, tf.constant(new long[] { 1, features.Shape[2], features.Shape[3] })], 0);
        return tf.random_normal(shape);
    }
}
