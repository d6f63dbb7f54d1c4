using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace Dnnlib.TfLib;

/// <summary>Runs a network on arrays, one minibatch after the other; what is built for some settings is kept for the next call with the same.</summary>
internal sealed class NetworkRunner(Network network)
{
    private readonly Dictionary<(string Kwargs, OutputTransform? Transform), (Tensor[] Inputs, IReadOnlyList<Tensor> Outputs)> _built = [];

    internal NDArray[] Run(IReadOnlyList<NDArray?> inputs, NetworkRunOptions options, EasyDict dynamicKwargs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.NumGpus, 1, nameof(options));
        IReadOnlyList<TensorShape> shapes = network.InputShapes;
        int samples = SampleCount(inputs, shapes.Count);
        int minibatch = options.MinibatchSize ?? Math.Max(samples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(minibatch, 1, nameof(options));
        (Tensor[] placeholders, IReadOnlyList<Tensor> outputs) = Built(options.OutputTransform, dynamicKwargs);
        NDArray[]? results = null;
        for (int begin = 0; begin < samples; begin += minibatch)
        {
            int count = Math.Min(minibatch, samples - begin);
            FeedDict feeds = [];
            for (int i = 0; i < placeholders.Length; i++)
            {
                feeds.Add(placeholders[i], Part(inputs[i], shapes[i], begin, count));
            }

            NDArray[] part = network.Session.Run([.. outputs.Select(Fetch.FromTensor)], feeds);
            if (count == samples)
            {
                return part;
            }

            results ??= [.. part.Select(p => np.empty(new Shape([samples, .. p.shape[1..]]), p.dtype))];
            for (int i = 0; i < part.Length; i++)
            {
                part[i].CopyToRows(results[i], begin);
            }
        }

        return results ?? [.. outputs.Select(o => np.empty(new Shape([0, .. o.Shape.Skip(1)]), o.DType.ClrType()))];
    }

    private int SampleCount(IReadOnlyList<NDArray?> inputs, int expected)
    {
        NDArray[] arrays = [.. inputs.OfType<NDArray>()];
        if (inputs.Count != expected || arrays.Length == 0)
        {
            throw new ArgumentException($"network {network.Name} takes {expected} inputs, at least one of them an array, not {inputs.Count} with {arrays.Length} arrays", nameof(inputs));
        }

        return arrays.Select(a => (int)a.shape[0]).Distinct().Count() == 1
            ? (int)arrays[0].shape[0]
            : throw new ArgumentException($"network {network.Name}: its inputs have {string.Join(" and ", arrays.Select(a => a.shape[0]))} samples; give as many of each", nameof(inputs));
    }

    private (Tensor[] Inputs, IReadOnlyList<Tensor> Outputs) Built(OutputTransform? transform, EasyDict dynamicKwargs)
    {
        (string, OutputTransform?) key = (dynamicKwargs.ToString(), transform);
        if (!_built.TryGetValue(key, out (Tensor[] Inputs, IReadOnlyList<Tensor> Outputs) built))
        {
            using IDisposable graph = network.Session.Graph.AsDefault();
            using NameScope root = tf.name_scope("");
            using NameScope scope = tf.name_scope($"{network.Template.Scope}/_Run");
            Tensor[] inputs = [.. network.Template.Inputs.Select(i => tf.placeholder(i.Tensor.DType, i.Tensor.Shape, i.Name))];
            Tensor[] outputs = network.GetOutputFor(inputs, dynamicKwargs);
            built = (inputs, transform?.Apply(outputs) ?? outputs);
            _built.Add(key, built);
        }

        return built;
    }

    private static NDArray Part(NDArray? input, TensorShape shape, int begin, int count)
    {
        if (input is null)
        {
            return np.zeros(new Shape([count, .. shape.Skip(1)]), typeof(float));
        }

        return begin == 0 && count == input.shape[0] ? input : input[$"{begin}:{begin + count}"].Contiguous();
    }
}
