using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Perceptual;

/// <summary>
/// The distance used when there are no LPIPS weights: mean squared differences on four pyramid levels, of images scaled to [-1, 1].
/// </summary>
internal sealed class PyramidDistance : ImageDistance
{
    private const int Levels = 4;

    /// <inheritdoc/>
    public override string Description => "pyramid of mean squared differences (no LPIPS weights given)";

    /// <inheritdoc/>
    public override int MinimumSize => 1 << (Levels - 1);

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Features(Tensor images)
    {
        List<Tensor> levels = [(images * (1 / 127.5)) - 1.0];
        while (levels.Count < Levels)
        {
            levels.Add(tf.nn.avg_pool(levels[^1], [1, 1, 2, 2], [1, 1, 2, 2], "VALID", "NCHW"));
        }

        return levels;
    }

    /// <inheritdoc/>
    public override Tensor Between(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> others) =>
        tf.add_n([.. features.Zip(others, (a, b) => tf.reduce_mean(tf.square(a - b), [1, 2, 3]))]);
}
