using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace Dnnlib.TfLib;

/// <summary>
/// An activation function with the gain that keeps the variance of what passes through it (<c>dnnlib.tflib.ops.fused_bias_act</c>).
/// </summary>
/// <param name="Name">The name that settings give it.</param>
/// <param name="Apply">The function.</param>
/// <param name="DefaultGain">What its result is multiplied by unless told otherwise.</param>
public sealed record Activation(string Name, Func<Tensor, Tensor> Apply, double DefaultGain)
{
    private static readonly Dictionary<string, Activation> s_all = new Activation[]
    {
        new("linear", x => x, 1),
        new("relu", x => tf.nn.relu(x), Math.Sqrt(2)),
        new("lrelu", x => tf.nn.leaky_relu(x, 0.2f), Math.Sqrt(2)),
        new("tanh", x => tf.tanh(x), 1),
        new("sigmoid", x => tf.sigmoid(x), 1),
        new("elu", x => tf.nn.elu(x), 1),
        new("selu", x => tf.nn.selu(x), 1),
        new("softplus", x => tf.nn.softplus(x), 1),
        new("swish", x => tf.sigmoid(x) * x, Math.Sqrt(2)),
    }.ToDictionary(a => a.Name);

    /// <summary>The names of all activations.</summary>
    public static IEnumerable<string> Names => s_all.Keys;

    /// <summary>The activation of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Activation Of(string name) =>
        s_all.TryGetValue(name, out Activation? activation)
            ? activation
            : throw new ArgumentException($"activation {name} is not known; it must be one of {string.Join(", ", Names)}", nameof(name));

    /// <summary>act(x + b) * gain.</summary>
    /// <param name="x">Float32 [N, C] or [N, C, H, W].</param>
    /// <param name="bias">Float32 [C]; null adds none.</param>
    /// <param name="gain">The gain; the activation's own if left out.</param>
    public Tensor WithBias(Tensor x, Tensor? bias = null, double? gain = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor activated = Apply(bias is null ? x : x + OfChannels(bias, x.Shape.Rank));
        double scale = gain ?? DefaultGain;
        return scale == 1 ? activated : activated * scale;
    }

    private static Tensor OfChannels(Tensor bias, int rank) =>
        rank == 2 ? bias : tf.reshape(bias, [1, bias.Shape[0], .. Enumerable.Repeat(1, rank - 2)]);
}
