using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Benchmarks;

/// <summary>The convolutions that a part of a graph runs, without anything between them: the least time that the part can take.</summary>
internal sealed class ConvolutionsAlone : IDisposable
{
    private readonly Graph _graph = new();
    private readonly Session _session;
    private readonly FeedDict _feeds = [];
    private readonly Tensor _all;

    internal ConvolutionsAlone(Operation target, SessionConfig config)
    {
        _session = new Session(_graph, config);
        using IDisposable asDefault = _graph.AsDefault();
        Operation[] convolutions = [.. Reachable(target).Where(o => o.Type is "Conv" or "ConvTranspose")];
        Gigaflop = convolutions.Sum(Flop) / 1e9;
        RandomState random = new(2);
        _all = tf.concat([.. convolutions.Select(c => FirstElement(Copy(c, random)))], 0);
        Run();
    }

    /// <summary>10^9 floating-point operations of all.</summary>
    internal double Gigaflop { get; }

    internal void Run() => _session.Run(_all, _feeds);

    public void Dispose()
    {
        _session.Dispose();
        _graph.Dispose();
    }

    /// <summary>Each weight is multiplied and added once for each pixel that the convolution steps over.</summary>
    private static double Flop(Operation convolution)
    {
        TensorShape stepped = convolution.Type == "Conv" ? convolution.Output.Shape : convolution.Inputs[0].Shape;
        return 2.0 * Size(convolution.Inputs[1].Shape) * stepped[0] * stepped[2] * stepped[3];
    }

    private static double Size(TensorShape shape) => shape.Aggregate(1.0, (size, d) => size * d);

    private Tensor Copy(Operation convolution, RandomState random)
    {
        TensorShape images = convolution.Inputs[0].Shape;
        Tensor input = tf.placeholder(tf.float32, images);
        _feeds.Add(input, RandomModels.Normal(random, 1, images.ToArray()));
        Tensor weights = tf.constant(RandomModels.Normal(random, 1, convolution.Inputs[1].Shape.ToArray()));
        OperationDefinition definition = new(
            convolution.Type, [input, weights], [(convolution.Output.DType, convolution.Output.Shape)], convolution.Attributes);
        return _graph.CreateOperation(definition).Output;
    }

    private static Tensor FirstElement(Tensor images) => tf.reshape(tf.slice(images, [0, 0, 0, 0], [1, 1, 1, 1]), [1]);

    private static HashSet<Operation> Reachable(Operation target)
    {
        HashSet<Operation> found = [];
        Stack<Operation> pending = new([target]);
        while (pending.TryPop(out Operation? operation))
        {
            if (found.Add(operation))
            {
                foreach (Operation before in operation.Inputs.Select(i => i.Operation).Concat(operation.ControlInputs))
                {
                    pending.Push(before);
                }
            }
        }

        return found;
    }
}
