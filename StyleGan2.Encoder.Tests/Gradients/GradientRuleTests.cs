using NumSharp;
using TensorGraph.Gradients;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Gradients;

public sealed class GradientRuleTests
{
    private const double Step = 1e-3;

    public static TheoryData<string> Types => [.. GradientRules.Types.Order()];

    [Theory]
    [MemberData(nameof(Types))]
    public void First_and_second_derivatives_are_those_of_finite_differences(string type)
    {
        foreach (GradientCase gradientCase in GradientCases.All[type])
        {
            using Graph graph = new();
            using IDisposable asDefault = graph.AsDefault();
            Tensor[] x = Placeholders(gradientCase, tf.float64);
            DoubleArray[] values = Values(gradientCase);
            Tensor y = gradientCase.Build(x);
            Assert.Contains(graph.Operations, o => o.Type == type);

            Tensor sum = WeightedSum([y], x, values, seed: 1);
            Tensor?[] first = tf.gradients(sum, x);
            AssertDerivatives(sum, first, x, values, $"{type}, first order");
            Tensor[] found = [.. first.OfType<Tensor>()];
            Tensor sumOfFirst = WeightedSum(found, x, values, seed: 2);
            AssertDerivatives(sumOfFirst, tf.gradients(sumOfFirst, x), x, values, $"{type}, second order");
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Kernels_compute_what_the_operators_are_defined_as(string type)
    {
        foreach (GradientCase gradientCase in GradientCases.All[type])
        {
            using Graph graph = new();
            using Session session = new(graph);
            using IDisposable asDefault = session.AsDefault();
            Tensor[] x = Placeholders(gradientCase, tf.float32);
            DoubleArray[] values = [.. Values(gradientCase).Select(v => v.Map(e => (float)e))];
            Tensor y = gradientCase.Build(x);
            Tensor[] computed = [y, .. tf.gradients(y * y, x).OfType<Tensor>()];

            FeedDict feeds = [];
            Array.ForEach([.. x.Zip(values)], p => feeds.Add(p.First, p.Second.Values.ToNDArray([.. p.Second.Shape.Select(d => (long)d)])));
            NDArray[] actual = session.Run([.. computed.Select(Fetch.FromTensor)], feeds);
            DoubleEvaluator defined = new(Feeds(x, values));
            for (int i = 0; i < computed.Length; i++)
            {
                AssertClose(
                    defined[computed[i]].Values, Array.ConvertAll(actual[i].Values<float>(), v => (double)v), 2e-6, $"{type}, result {i}");
            }
        }
    }

    [Fact]
    public void An_operation_without_a_rule_is_an_error_that_names_it()
    {
        using Graph graph = new();
        using IDisposable asDefault = graph.AsDefault();
        Tensor x = tf.placeholder(tf.float32, [3]);
        Tensor y = tf.gather(x, tf.constant(new long[] { 0, 1 }), name: "pick");
        Assert.Equal(
            "pick: there is no gradient rule for operation Gather", Assert.Throws<NotSupportedException>(() => tf.gradients(y, x)).Message);
    }

    private static Tensor[] Placeholders(GradientCase gradientCase, DataType dtype) =>
        [.. gradientCase.Shapes.Select((s, i) => tf.placeholder(dtype, gradientCase.UnknownSamples && i == 0 ? [-1, .. s[1..]] : s))];

    /// <summary>Values between 0.2 and 2, none near another or a whole or half number, where some operations have kinks.</summary>
    private static DoubleArray[] Values(GradientCase gradientCase)
    {
        System.Random random = new(7);
        IEnumerable<double> even = Enumerable.Range(0, 400).Select(i => 0.2 + (0.0045 * i));
        double[] spread = [.. even.Where(v => Math.Abs((v * 4) - Math.Round(v * 4)) > 0.04)];
        random.Shuffle(spread);
        int at = 0;
        return [.. gradientCase.Shapes.Select(shape => DoubleArray.Of(shape, _ => Next()))];

        double Next() => gradientCase.IsPositive || random.Next(2) == 0 ? spread[at++] : -spread[at++];
    }

    /// <summary>A scalar that depends on every element of some tensors differently.</summary>
    private static Tensor WeightedSum(IReadOnlyList<Tensor> tensors, Tensor[] x, DoubleArray[] values, int seed)
    {
        System.Random random = new(seed);
        DoubleEvaluator evaluator = new(Feeds(x, values));
        return tf.add_n([.. tensors.Select(t =>
        {
            double[] weights = Array.ConvertAll(evaluator[t].Values, _ => random.NextDouble() - 0.5);
            return tf.reduce_sum(t * tf.constant(weights.ToNDArray([.. evaluator[t].Shape.Select(d => (long)d)])));
        })]);
    }

    private static void AssertDerivatives(Tensor y, Tensor?[] gradients, Tensor[] x, DoubleArray[] values, string what)
    {
        for (int i = 0; i < x.Length; i++)
        {
            DoubleEvaluator evaluator = new(Feeds(x, values));
            double[] symbolic = gradients[i] is { } gradient ? evaluator[gradient].Values : new double[values[i].Values.Length];
            double[] numeric = [.. Enumerable.Range(0, symbolic.Length).Select(at => Numeric(y, x, values, i, at))];
            AssertClose(numeric, symbolic, 1e-8, $"{what}, input {i}");
        }
    }

    /// <summary>Five points: the error is of the fourth power of the step.</summary>
    private static double Numeric(Tensor y, Tensor[] x, DoubleArray[] values, int input, int element)
    {
        return ((8 * (At(1) - At(-1))) - (At(2) - At(-2))) / (12 * Step);

        double At(int steps)
        {
            double[] moved = [.. values[input].Values];
            moved[element] += steps * Step;
            DoubleArray[] all = [.. values];
            all[input] = values[input] with { Values = moved };
            return new DoubleEvaluator(Feeds(x, all))[y].Values[0];
        }
    }

    private static Dictionary<Tensor, DoubleArray> Feeds(Tensor[] x, DoubleArray[] values) =>
        x.Zip(values).ToDictionary(p => p.First, p => p.Second);

    private static void AssertClose(double[] expected, double[] actual, double bound, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= bound * scale, $"{what}: element {i} is {actual[i]}, expected {expected[i]}");
        }
    }
}
