using Dnnlib.TfLib;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.TfLib;

public sealed class OptimizerTests
{
    private const int Steps = 12;

    [Theory]
    [InlineData("projector", 0.9, 0.999, 1e-8)]
    [InlineData("training", 0, 0.99, 1e-8)]
    [InlineData("share", 0, 0.9, 1e-6)]
    public void Twelve_steps_are_those_of_the_reference(string setting, double beta1, double beta2, double epsilon)
    {
        using NumSharp.IO.NpzFile golden = np.load_npz(Path.Combine(AppContext.BaseDirectory, "Golden", "training", "optimizer.npz"));
        using Graph graph = new();
        using Session session = new(graph);
        using IDisposable asDefault = session.AsDefault();
        Variable x = tf.Variable(tf.zeros([3, 4]), name: "x");
        Variable y = tf.Variable(tf.zeros([5]), name: "y");
        session.Load(x, golden[$"{setting}_x0"]);
        session.Load(y, golden[$"{setting}_y0"]);
        Tensor coefs = tf.placeholder(tf.float32, [3, 4]);
        Tensor rate = tf.placeholder(tf.float32, []);
        Tensor loss = tf.reduce_sum(tf.square(x) * coefs) + (tf.reduce_sum(tf.sin(y)) * tf.reduce_sum(x));
        Optimizer optimizer = new(rate, new OptimizerOptions { Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon });
        optimizer.RegisterGradients(loss, [x, y]);
        Operation step = optimizer.ApplyUpdates();
        optimizer.ResetOptimizerState(session);

        for (int i = 0; i < Steps; i++)
        {
            NDArray stepCoefs = golden[$"{setting}_coefs"][i];
            double stepRate = golden[$"{setting}_lrates"].GetDouble(i);
            session.Run(step, new FeedDict { [coefs] = stepCoefs.Contiguous(), [rate] = NDArray.Scalar((float)stepRate) });
            AssertClose(golden[$"{setting}_x"][i], session.Value(x));
            AssertClose(golden[$"{setting}_y"][i], session.Value(y));
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_step_whose_gradient_is_not_finite_changes_nothing_that_later_steps_use(float bad)
    {
        (float X, float Y)[] clean = Steps([1, 2, 3]), withBadSteps = Steps([bad, 1, bad, bad, 2, 3]);
        Assert.Equal([(1f, 1f), clean[0], clean[0], clean[0], clean[1], clean[2]], withBadSteps);

        static (float X, float Y)[] Steps(float[] factors)
        {
            using Graph graph = new();
            using Session session = new(graph);
            using IDisposable asDefault = session.AsDefault();
            Variable x = tf.Variable(tf.constant(1f)), y = tf.Variable(tf.constant(1f));
            Tensor factor = tf.placeholder(tf.float32, []);
            Optimizer optimizer = new(tf.constant(0.1f));
            optimizer.RegisterGradients((tf.square(x) * factor) + tf.square(y), [x, y]);
            Operation step = optimizer.ApplyUpdates();
            session.Run(tf.global_variables_initializer());
            return [.. factors.Select(f =>
            {
                session.Run(step, new FeedDict { [factor] = NDArray.Scalar(f) });
                return (session.Value(x).GetAtIndex<float>(0), session.Value(y).GetAtIndex<float>(0));
            })];
        }
    }

    [Fact]
    public void Gradients_of_several_losses_are_added()
    {
        Assert.Equal(AfterTwoSteps(1, 2), AfterTwoSteps(3));
        Assert.NotEqual(AfterTwoSteps(1, 2), AfterTwoSteps(2));

        static float AfterTwoSteps(params float[] factors)
        {
            using Graph graph = new();
            using Session session = new(graph);
            using IDisposable asDefault = session.AsDefault();
            Variable x = tf.Variable(tf.constant(1f));
            Optimizer optimizer = new(tf.constant(0.1f), new OptimizerOptions { Epsilon = 1 });
            Array.ForEach(factors, f => optimizer.RegisterGradients(tf.square(x) * tf.constant(f), [x]));
            Operation step = optimizer.ApplyUpdates();
            session.Run(tf.global_variables_initializer());
            session.Run(step);
            session.Run(step);
            return session.Value(x).GetAtIndex<float>(0);
        }
    }

    /// <summary>Within 1e-6 of the variable's largest value, the measure of the goldens' own scatter.</summary>
    private static void AssertClose(NDArray expected, NDArray actual)
    {
        float[] e = np.copy(expected).Values<float>(), a = actual.Values<float>();
        Assert.InRange(e.Zip(a, (x, y) => Math.Abs(x - y)).Max(), 0, 1e-6 * e.Max(Math.Abs));
    }
}
