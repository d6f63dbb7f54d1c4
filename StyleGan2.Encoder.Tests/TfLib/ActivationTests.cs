using Dnnlib.TfLib;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.TfLib;

public sealed class ActivationTests
{
    private static readonly Dictionary<string, (Func<double, double> Function, double Gain)> s_definitions = new()
    {
        ["linear"] = (x => x, 1),
        ["relu"] = (x => Math.Max(x, 0), Math.Sqrt(2)),
        ["lrelu"] = (x => Math.Max(x, 0.2 * x), Math.Sqrt(2)),
        ["tanh"] = (Math.Tanh, 1),
        ["sigmoid"] = (x => 1 / (1 + Math.Exp(-x)), 1),
        ["elu"] = (x => x > 0 ? x : Math.Exp(x) - 1, 1),
        ["selu"] = (x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1)), 1),
        ["softplus"] = (x => Math.Log(Math.Exp(x) + 1), 1),
        ["swish"] = (x => x / (1 + Math.Exp(-x)), Math.Sqrt(2)),
    };

    public static TheoryData<string> Names => [.. Activation.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_activation_is_its_function_of_the_biased_input_times_its_gain(string name)
    {
        using Graph graph = new();
        using Session session = new(graph);
        using IDisposable asDefault = session.AsDefault();
        float[] x = [-3, -1, -0.25f, 0, 0.25f, 1, 3, 8], bias = [0.5f, -1];
        Tensor input = tf.constant(x.ToNDArray(1, 2, 2, 2));
        Tensor biases = tf.constant(bias.ToNDArray(2));
        float[] actual = session.Run(Activation.Of(name).WithBias(input, biases)).Values<float>();
        float[] ungained = session.Run(Activation.Of(name).WithBias(input, biases, gain: 1)).Values<float>();
        (Func<double, double> function, double gain) = s_definitions[name];
        for (int i = 0; i < x.Length; i++)
        {
            double expected = function(x[i] + bias[i / 4]);
            Assert.Equal(expected * gain, actual[i], 2e-6 * (1 + Math.Abs(expected)));
            Assert.Equal(expected, ungained[i], 2e-6 * (1 + Math.Abs(expected)));
        }
    }

    [Fact]
    public void An_activation_that_is_not_known_is_an_error_that_names_those_that_are()
    {
        string message = Assert.Throws<ArgumentException>(() => Activation.Of("gelu")).Message;
        Assert.StartsWith(
            "activation gelu is not known; it must be one of linear, relu, lrelu, tanh, sigmoid, elu, selu, softplus, swish",
            message,
            StringComparison.Ordinal);
    }
}
