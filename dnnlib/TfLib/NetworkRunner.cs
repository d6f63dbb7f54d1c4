using System.Globalization;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace Dnnlib.TfLib;

/// <summary>Runs a network on arrays, one minibatch after the other.</summary>
/// <remarks>
/// The graph made for some settings serves further calls with equal ones. Numbers that the build function takes as tensors
/// (<see cref="TensorSettingAttribute"/>) are fed and need no graph of their own. The graphs used longest ago are removed.
/// </remarks>
internal sealed class NetworkRunner(Network network, IReadOnlyList<TensorSettingAttribute> tensorSettings)
{
    /// <summary>How many graphs are kept.</summary>
    internal const int Capacity = 16;

    /// <summary>Stands for the value of a setting that is fed.</summary>
    private static readonly object s_fed = new();

    /// <summary>The graphs by settings, the one used last at the end.</summary>
    private readonly OrderedDictionary<(EasyDict Settings, OutputTransform? Transform), NetworkRunGraph> _graphs = [];

    internal NDArray[] Run(IReadOnlyList<NDArray?> inputs, NetworkRunOptions options, EasyDict dynamicKwargs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.NumGpus, 1, nameof(options));
        IReadOnlyList<TensorShape> shapes = network.InputShapes;
        int samples = SampleCount(inputs, shapes.Count);
        int minibatch = options.MinibatchSize ?? Math.Max(samples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(minibatch, 1, nameof(options));
        Dictionary<string, float> numbers = tensorSettings
            .Where(s => dynamicKwargs.TryGetValue(s.Name, out object? value) && Number(value) is { } number && number != s.Apart)
            .ToDictionary(s => s.Name, s => (float)Number(dynamicKwargs[s.Name])!.Value);
        NetworkRunGraph graph = GraphFor(dynamicKwargs, numbers.Keys, options.OutputTransform);
        NDArray[]? results = null;
        for (int begin = 0; begin < samples; begin += minibatch)
        {
            int count = Math.Min(minibatch, samples - begin);
            FeedDict feeds = Feeds(graph, numbers, [.. inputs.Zip(shapes, (input, shape) => Part(input, shape, begin, count))]);
            NDArray[] part = network.Session.Run([.. graph.Outputs.Select(Fetch.FromTensor)], feeds);
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

        return results ?? [.. graph.Outputs.Select(o => np.empty(new Shape([0, .. o.Shape.Skip(1)]), o.DType.ClrType()))];
    }

    /// <summary>A setting that is a finite number; null where it is not, which is then the build function's to judge.</summary>
    private static double? Number(object? value) =>
        value is double or float or int or long
        && Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number
        && double.IsFinite(number) ? number : null;

    private int SampleCount(IReadOnlyList<NDArray?> inputs, int expected)
    {
        NDArray[] arrays = [.. inputs.OfType<NDArray>()];
        if (inputs.Count != expected || arrays.Length == 0)
        {
            throw new ArgumentException(
                $"network {network.Name} takes {expected} inputs, at least one of them an array, "
                + $"not {inputs.Count} with {arrays.Length} arrays",
                nameof(inputs));
        }

        return arrays.Select(a => (int)a.shape[0]).Distinct().Count() == 1
            ? (int)arrays[0].shape[0]
            : throw new ArgumentException(
                $"network {network.Name}: its inputs have {string.Join(" and ", arrays.Select(a => a.shape[0]))} samples; "
                + "give as many of each",
                nameof(inputs));
    }

    private NetworkRunGraph GraphFor(EasyDict kwargs, IReadOnlyCollection<string> fed, OutputTransform? transform)
    {
        EasyDict settings = new(kwargs.Select(k => fed.Contains(k.Key) ? KeyValuePair.Create(k.Key, (object?)s_fed) : k));
        if (!_graphs.Remove((settings, transform), out NetworkRunGraph? graph))
        {
            graph = Build(kwargs, fed, transform);
        }

        _graphs.Add((settings, transform), graph);
        if (_graphs.Count > Capacity)
        {
            network.Session.RemoveScope(_graphs.GetAt(0).Value.Scope);
            _graphs.RemoveAt(0);
        }

        return graph;
    }

    private NetworkRunGraph Build(EasyDict kwargs, IReadOnlyCollection<string> fed, OutputTransform? transform)
    {
        using IDisposable graph = network.Session.Graph.AsDefault();
        using NameScope root = tf.name_scope("");
        using NameScope scope = tf.name_scope($"{network.Template.Scope}/_Run");
        Tensor[] inputs = [.. network.Template.Inputs.Select(i => tf.placeholder(i.Tensor.DType, i.Tensor.Shape, i.Name))];
        Dictionary<string, Tensor> settings = fed.ToDictionary(name => name, name => tf.placeholder(tf.float32, [], name));
        EasyDict withTensors = new(kwargs);
        withTensors.Update(settings.Select(s => KeyValuePair.Create(s.Key, (object?)s.Value)));
        Tensor[] outputs = network.GetOutputFor(inputs, withTensors);
        return new NetworkRunGraph(scope.Name.TrimEnd('/'), inputs, settings, transform?.Apply(outputs) ?? outputs);
    }

    private static FeedDict Feeds(NetworkRunGraph graph, Dictionary<string, float> numbers, NDArray[] inputs)
    {
        FeedDict feeds = [];
        foreach ((Tensor placeholder, NDArray value) in graph.Inputs.Zip(inputs))
        {
            feeds.Add(placeholder, value);
        }

        foreach ((string name, Tensor placeholder) in graph.Settings)
        {
            feeds.Add(placeholder, NDArray.Scalar(numbers[name]));
        }

        return feeds;
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
