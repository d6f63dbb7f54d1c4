using Dnnlib.TfLib;
using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Networks;

/// <summary>
/// The noise maps of a generator, to be set again and again. As variables that the graph assigns they are not compiled in, so that new
/// maps compile nothing.
/// </summary>
internal sealed class SettableNoises
{
    private readonly Session _session;
    private readonly Tensor[] _values;
    private readonly Operation _assign;

    /// <summary>Prepares the setting.</summary>
    /// <param name="generator">A generator with a component <c>synthesis</c>.</param>
    internal SettableNoises(Network generator)
    {
        _session = generator.Session;
        Variables = NoiseVariables.Of(generator);
        using IDisposable graph = _session.Graph.AsDefault();
        _values = [.. Variables.Select(n => tf.placeholder(n.DType, n.Shape))];
        _assign = tf.group(Variables.Zip(_values, (noise, value) => tf.assign(noise, value).Operation));
    }

    /// <summary>The maps, each [1, 1, height, width].</summary>
    internal IReadOnlyList<Variable> Variables { get; }

    /// <summary>Sets all maps.</summary>
    internal void Set(IReadOnlyList<NDArray> maps)
    {
        FeedDict feeds = [];
        foreach ((Tensor value, NDArray map) in _values.Zip(maps))
        {
            feeds.Add(value, map);
        }

        _session.Run(_assign, feeds);
    }
}
