using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Random;

namespace TensorGraph.Operations;

/// <summary>Draws random values on the host; each run advances the operation's stream in its session.</summary>
/// <param name="type">Name of the operation, as TensorFlow's.</param>
/// <param name="seed">The operation's first seed.</param>
/// <param name="seed2">The operation's second seed.</param>
/// <param name="draw">Makes the values of one run in a given shape; it also gets the operation's inputs.</param>
internal sealed class RandomKernel(string type, long seed, long seed2, RandomDraw draw) : HostKernel(type)
{
    internal override NDArray[] Run(HostContext context, IReadOnlyList<NDArray> inputs)
    {
        return [draw(Stream(context), new Shape(inputs[0].astype(typeof(long)).Values<long>()), inputs)];
    }

    /// <summary>Makes the next run of an operation of known shape its run number so-and-so, from 0.</summary>
    internal void Seek(HostContext context, long run) => Stream(context).Seek(run, context.Operation.Outputs[0].Shape.Elements!.Value);

    private PhiloxStream Stream(HostContext context) => context.State(context.Operation, () => new PhiloxStream(seed, seed2));

    internal static NDArray StandardNormal(PhiloxStream stream, Shape shape, IReadOnlyList<NDArray> inputs)
    {
        NDArray values = np.empty(shape, typeof(float));
        stream.StandardNormal(values.AsSpan<float>());
        return values;
    }

    /// <summary>Values up to, not including, the operation's second input.</summary>
    internal static RandomDraw UniformBelowInput(double min, DataType dtype) =>
        (stream, shape, inputs) => Uniform(min, inputs[1].astype(typeof(double)).GetAtIndex<double>(0), dtype)(stream, shape, inputs);

    internal static RandomDraw Uniform(double min, double max, DataType dtype) => dtype switch
    {
        DataType.Float32 => (stream, shape, _) =>
        {
            NDArray values = np.empty(shape, typeof(float));
            stream.Uniform(values.AsSpan<float>(), (float)min, (float)max);
            return values;
        },
        DataType.Int32 => (stream, shape, _) =>
        {
            NDArray values = np.empty(shape, typeof(int));
            stream.UniformInt(values.AsSpan<int>(), (int)min, (int)max);
            return values;
        },
        DataType.Int64 => (stream, shape, _) =>
        {
            NDArray values = np.empty(shape, typeof(long));
            stream.UniformInt(values.AsSpan<long>(), (long)min, (long)max);
            return values;
        },
        _ => throw new ArgumentException($"random_uniform draws float32, int32 and int64, not {dtype}", nameof(dtype)),
    };
}
