using TensorGraph.Graphs;
using TensorGraph.Runtime.Providers;

namespace TensorGraph.Runtime;

/// <summary>The values that a session keeps for variables.</summary>
internal sealed class VariableStore : IDisposable
{
    private readonly Dictionary<Variable, DeviceTensor> _values = [];
    private readonly HashSet<Variable> _changing = [];

    /// <summary>The variable's value.</summary>
    /// <exception cref="InvalidOperationException">It has none yet.</exception>
    internal DeviceTensor this[Variable variable] =>
        _values.TryGetValue(variable, out DeviceTensor? value)
            ? value
            : throw new InvalidOperationException($"variable {variable.Name} has no value yet; run its initializer or load one");

    /// <summary>Replaces a variable's value, which the store then owns.</summary>
    internal void Set(Variable variable, DeviceTensor value)
    {
        if (_values.Remove(variable, out DeviceTensor? old))
        {
            old.Dispose();
        }

        _values.Add(variable, value);
    }

    /// <summary>Remembers that a variable changes after all, so that models no longer hold its value as a constant.</summary>
    internal void MarkChanging(Variable variable) => _changing.Add(variable);

    /// <summary>Whether models may hold the variable's value as a constant.</summary>
    internal bool IsConstant(Variable variable) => !variable.IsAssignedByGraph && !_changing.Contains(variable);

    public void Dispose()
    {
        foreach (DeviceTensor value in _values.Values)
        {
            value.Dispose();
        }

        _values.Clear();
    }
}
