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
        List<PhiloxStream> streams = Streams(context);
        long[] shape = inputs[0].astype(typeof(long)).Values<long>();
        return streams.Count == 1 ? [draw(streams[0], new Shape(shape), inputs)] : [DrawSamples(streams, shape, inputs)];
    }

    /// <summary>
    /// Makes the next run of an operation of known shape its run number so-and-so, from 0. With several numbers, each sample along the
    /// first axis is drawn from then on as an operation draws it whose shape is that of one sample.
    /// </summary>
    internal void Seek(HostContext context, IReadOnlyList<long> runs)
    {
        List<PhiloxStream> streams = Streams(context);
        long elements = context.Operation.Outputs[0].Shape.Elements!.Value / runs.Count;
        streams.RemoveRange(1, streams.Count - 1);
        streams.AddRange(runs.Skip(1).Select(_ => new PhiloxStream(seed, seed2)));
        foreach ((PhiloxStream stream, long run) in streams.Zip(runs))
        {
            stream.Seek(run, elements);
        }
    }

    private List<PhiloxStream> Streams(HostContext context) =>
        context.State<List<PhiloxStream>>(context.Operation, () => [new PhiloxStream(seed, seed2)]);

    private NDArray DrawSamples(List<PhiloxStream> streams, long[] shape, IReadOnlyList<NDArray> inputs) =>
        np.concatenate([.. streams.Select(stream => draw(stream, new Shape([1, .. shape[1..]]), inputs))], axis: 0);

    internal static NDArray StandardNormal(PhiloxStream stream, Shape shape, IReadOnlyList<NDArray> inputs) =>
        Filled<float>(shape, stream.StandardNormal);

    /// <summary>Values up to, not including, the operation's second input.</summary>
    internal static RandomDraw UniformBelowInput(double min, DataType dtype) =>
        (stream, shape, inputs) => Uniform(min, inputs[1].astype(typeof(double)).GetAtIndex<double>(0), dtype)(stream, shape, inputs);

    internal static RandomDraw Uniform(double min, double max, DataType dtype) => dtype switch
    {
        DataType.Float32 => (stream, shape, _) => Filled<float>(shape, values => stream.Uniform(values, (float)min, (float)max)),
        DataType.Int32 => (stream, shape, _) => Filled<int>(shape, values => stream.UniformInt(values, (int)min, (int)max)),
        DataType.Int64 => (stream, shape, _) => Filled<long>(shape, values => stream.UniformInt(values, (long)min, (long)max)),
        _ => throw new ArgumentException($"random_uniform draws float32, int32 and int64, not {dtype}", nameof(dtype)),
    };

    private static NDArray Filled<T>(Shape shape, Action<Span<T>> fill)
        where T : unmanaged
    {
        NDArray values = np.empty(shape, typeof(T));
        fill(values.AsSpan<T>());
        GC.KeepAlive(values);
        return values;
    }
}
