using NumSharp;
using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Perceptual;

/// <summary>
/// LPIPS on VGG16 (Zhang et al., "The unreasonable effectiveness of deep features as a perceptual metric"; the reference's
/// <c>vgg16_zhang_perceptual</c>).
/// </summary>
/// <remarks>
/// Features after the ReLU of conv1_2, 2_2, 3_3, 4_3 and 5_3, each divided by its norm over channels; their squared difference times
/// channel weights, summed over
/// channels, averaged over positions, summed over levels. Of RGBA images, the colours count.
/// </remarks>
/// <param name="weights">The weights.</param>
/// <param name="file">Where they come from, for the description.</param>
internal sealed class LpipsDistance(LpipsWeights weights, string file) : ImageDistance
{
    private static readonly float[] s_shift = [-.030f, -.088f, -.188f];
    private static readonly float[] s_scale = [.458f, .448f, .450f];

    /// <inheritdoc/>
    public override string Description => $"LPIPS ({Path.GetFileName(file)})";

    /// <inheritdoc/>
    public override int MinimumSize => 16;

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Features(Tensor images)
    {
        using NameScope scope = tf.name_scope("LPIPS");
        Tensor colors = images.Shape[1] == 4 ? tf.slice(images, [0, 0, 0, 0], [-1, 3, -1, -1]) : images;
        Tensor x = ((colors / 127.5 - 1.0) - Channels(s_shift)) / Channels(s_scale);
        List<Tensor> features = [];
        Queue<(NDArray Weight, NDArray Bias)> convolutions = new(weights.Convolutions);
        foreach (int layers in LpipsWeights.Blocks)
        {
            x = features.Count == 0 ? x : tf.nn.max_pool(x, [1, 1, 2, 2], [1, 1, 2, 2], "VALID", "NCHW");
            for (int i = 0; i < layers; i++)
            {
                (NDArray weight, NDArray bias) = convolutions.Dequeue();
                Tensor y = tf.nn.conv2d(x, tf.constant(weight), [1, 1, 1, 1], "SAME", "NCHW");
                x = tf.nn.relu(y + tf.reshape(tf.constant(bias), [1, -1, 1, 1]));
            }

            features.Add(Normalized(x));
        }

        return features;
    }

    /// <inheritdoc/>
    public override Tensor Between(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> others) =>
        tf.add_n(
        [
            .. features.Zip(others, weights.Channels)
                .Select(l => tf.reduce_mean(SumOverChannels(tf.square(l.First - l.Second), l.Third), [1, 2, 3])),
        ]);

    private static Tensor Normalized(Tensor x)
    {
        // The smallest addend keeps the root's gradient finite where all channels are zero.
        Tensor squares = SumOverChannels(tf.square(x), np.ones(new Shape(x.Shape[1]), typeof(float)));
        return x * tf.reciprocal(tf.sqrt(squares + 1e-37) + 1e-10);
    }

    /// <summary>The weighted sum over channels, fastest as a 1x1 convolution.</summary>
    private static Tensor SumOverChannels(Tensor x, NDArray weights) =>
        tf.nn.conv2d(x, tf.constant(weights.reshape(1, 1, x.Shape[1], 1)), [1, 1, 1, 1], "SAME", "NCHW");

    private static Tensor Channels(IEnumerable<float> values) => tf.reshape(tf.constant(np.array(values.ToArray())), [1, -1, 1, 1]);
}
