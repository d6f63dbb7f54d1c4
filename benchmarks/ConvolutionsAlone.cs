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

    internal ConvolutionsAlone(Operation target)
    {
        _session = new Session(_graph);
        using IDisposable asDefault = _graph.AsDefault();
        Operation[] convolutions = [.. Reachable(target).Where(o => o.Type is "Conv" or "ConvTranspose")];
        Count = convolutions.Length;
        RandomState random = new(2);
        _all = tf.concat([.. convolutions.Select(c => FirstElement(Copy(c, random)))], 0);
        Run();
    }

    /// <summary>How many there are.</summary>
    internal int Count { get; }

    internal void Run() => _session.Run(_all, _feeds);

    public void Dispose()
    {
        _session.Dispose();
        _graph.Dispose();
    }

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
