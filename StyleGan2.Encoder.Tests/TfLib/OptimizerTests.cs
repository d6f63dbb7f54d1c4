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

    /// <summary>Within 1e-6 of the variable's largest value, the measure of the goldens' own scatter.</summary>
    private static void AssertClose(NDArray expected, NDArray actual)
    {
        float[] e = np.copy(expected).Values<float>(), a = actual.Values<float>();
        Assert.InRange(e.Zip(a, (x, y) => Math.Abs(x - y)).Max(), 0, 1e-6 * e.Max(Math.Abs));
    }
}
