using NumSharp;
using TensorGraph;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace Dnnlib.TfLib;

/// <summary>Runs a network on arrays, one minibatch after the other; what is built for some settings is kept for the next call with the same.</summary>
internal sealed class NetworkRunner(Network network)
{
    private readonly Dictionary<string, (Tensor[] Inputs, Tensor[] Outputs)> _built = [];

    internal NDArray[] Run(IReadOnlyList<NDArray?> inputs, NetworkRunOptions options, EasyDict dynamicKwargs)
    {
        IReadOnlyList<TensorShape> shapes = network.InputShapes;
        if (inputs.Count != shapes.Count || inputs[0] is null)
        {
            throw new ArgumentException($"network {network.Name} takes {shapes.Count} inputs, the first an array", nameof(inputs));
        }

        (Tensor[] placeholders, Tensor[] outputs) = Built(options, dynamicKwargs);
        int samples = (int)inputs[0]!.shape[0];
        NDArray[]? results = null;
        for (int begin = 0; begin < samples; begin += options.MinibatchSize)
        {
            int count = Math.Min(options.MinibatchSize, samples - begin);
            FeedDict feeds = [];
            for (int i = 0; i < placeholders.Length; i++)
            {
                feeds.Add(placeholders[i], Part(inputs[i], shapes[i], begin, count));
            }

            NDArray[] part = Session.Default.Run([.. outputs.Select(Fetch.FromTensor)], feeds);
            results ??= [.. part.Select(p => np.empty(new Shape([samples, .. p.shape[1..]]), p.dtype))];
            Array.ForEach([.. results.Zip(part)], pair => CopyInto(pair.First, pair.Second, begin));
        }

        return results ?? [.. outputs.Select(o => np.empty(new Shape([0, .. o.Shape.Skip(1)]), o.DType.ClrType()))];
    }

    private (Tensor[] Inputs, Tensor[] Outputs) Built(NetworkRunOptions options, EasyDict dynamicKwargs)
    {
        string key = $"{dynamicKwargs} {options.OutputTransform}";
        if (!_built.TryGetValue(key, out (Tensor[] Inputs, Tensor[] Outputs) built))
        {
            using NameScope scope = tf.name_scope($"{network.Name}/Run");
            Tensor[] inputs = [.. network.Template.Inputs.Select(i => tf.placeholder(i.Tensor.DType, i.Tensor.Shape, i.Name))];
            Tensor[] outputs = network.GetOutputFor(inputs, dynamicKwargs);
            built = (inputs, options.OutputTransform is { } transform ? [.. outputs.Select(transform.Apply)] : outputs);
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

    private static void CopyInto(NDArray all, NDArray part, int begin)
    {
        long row = part.shape[0] == 0 ? 0 : part.size / part.shape[0];
        NDArray source = part.Contiguous();
        source.Bytes().CopyTo(all.Bytes()[(int)(begin * row * part.dtypesize)..]);
        GC.KeepAlive(source);
    }
}
