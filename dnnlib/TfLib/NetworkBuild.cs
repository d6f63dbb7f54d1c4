using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace Dnnlib.TfLib;

/// <summary>What a build function sees of the network that it builds: inputs, settings and components.</summary>
public sealed class NetworkBuild
{
    private readonly Network _network;
    private readonly IReadOnlyList<Tensor>? _given;
    private readonly List<(string Name, Tensor Tensor)> _inputs = [];

    internal NetworkBuild(Network network, EasyDict kwargs, IReadOnlyList<Tensor>? given)
    {
        _network = network;
        _given = given;
        Kwargs = kwargs;
    }

    /// <summary>The network's static settings with those of this call.</summary>
    public EasyDict Kwargs { get; }

    internal IReadOnlyList<(string Name, Tensor Tensor)> Inputs => _inputs;

    /// <summary>The network's next input.</summary>
    /// <param name="name">Its name, as Python's parameter is called.</param>
    /// <param name="shape">Its shape, the number of samples -1.</param>
    /// <exception cref="ArgumentException">The tensor given has another shape.</exception>
    public Tensor Input(string name, TensorShape shape)
    {
        Tensor input = _given is null ? tf.placeholder(tf.float32, shape, name) : Given(name, shape);
        _inputs.Add((name, input));
        return input;
    }

    /// <summary>A network that this one is made of, made on first use.</summary>
    /// <param name="name">The component's name, such as <c>mapping</c>.</param>
    /// <param name="networkName">Its network's name, such as <c>G_mapping</c>.</param>
    /// <param name="funcName">The Python name of its build function.</param>
    /// <param name="kwargs">Its settings.</param>
    public Network Component(string name, string networkName, string funcName, EasyDict kwargs) =>
        _network.GetOrAddComponent(name, () => new Network(_network.Session, networkName, funcName, kwargs));

    private Tensor Given(string name, TensorShape shape)
    {
        if (_inputs.Count >= _given!.Count)
        {
            throw new ArgumentException($"network {_network.Name}: input {name} is missing");
        }

        Tensor input = _given[_inputs.Count];
        return input.Shape.IsCompatibleWith(shape)
            ? tf.identity(input, name)
            : throw new ArgumentException($"network {_network.Name}: input {name} has shape {input.Shape}; it must be {shape}");
    }
}
