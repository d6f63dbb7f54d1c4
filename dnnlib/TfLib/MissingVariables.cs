using Dnnlib.Pickle;
using TensorGraph.Graphs;

namespace Dnnlib.TfLib;

/// <summary>
/// The variables that a network and its components have and its file lacks. A network that has been added to since it was saved lacks a
/// few; a file may not lack more than about what it holds, so that a small file cannot ask for much memory.
/// </summary>
/// <param name="state">What the file holds.</param>
internal sealed class MissingVariables(NetworkState state)
{
    private const long AlwaysAllowedValues = 1 << 20;
    private const int AlwaysAllowedCount = 64;

    private readonly long _held = All(state ?? throw new ArgumentNullException(nameof(state))).Sum();
    private readonly int _count = All(state).Count();
    private readonly List<string> _names = [];
    private Int128 _values;

    /// <summary>Adds a variable that the network is about to make.</summary>
    /// <param name="name">Its local name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="builder">What asks for it, for errors.</param>
    /// <exception cref="FormatException">The file lacks too much.</exception>
    internal void Add(string name, TensorShape shape, string builder)
    {
        _names.Add(name);
        _values += shape.Aggregate((Int128)1, (size, d) => size * d);
        if (_values > _held + AlwaysAllowedValues || _names.Count > _count + AlwaysAllowedCount)
        {
            throw new FormatException(
                $"{builder} has variables with {_values:N0} values or more that its file, which has {_held:N0}, does not have: "
                + PlainValues.Listed(_names, NetworkVariables.MostNamed));
        }
    }

    /// <summary>The numbers of values of the variables in a file, components' included.</summary>
    private static IEnumerable<long> All(NetworkState network) =>
        network.Variables.Select(v => (long)v.Value.size).Concat(network.Components.Values.SelectMany(All));
}
