using System.Collections.Frozen;
using TensorGraph.Graphs;
using TensorGraph.Runtime.Providers;

namespace TensorGraph.Runtime;

/// <summary>The values that a session keeps for variables; what the graph does not assign can be shared with the session's forks.</summary>
internal sealed class VariableStore : IDisposable
{
    private readonly Dictionary<Variable, DeviceTensor> _values = [];
    private readonly HashSet<Variable> _changing = [];
    private readonly bool _ownsShared = true;
    private FrozenDictionary<Variable, DeviceTensor>? _shared;

    internal VariableStore()
    {
    }

    private VariableStore(FrozenDictionary<Variable, DeviceTensor> shared) => (_shared, _ownsShared) = (shared, false);

    /// <summary>The variable's value.</summary>
    /// <exception cref="InvalidOperationException">It has none yet.</exception>
    internal DeviceTensor this[Variable variable] =>
        Shared(variable) ?? _values.GetValueOrDefault(variable)
            ?? throw new InvalidOperationException($"variable {variable.Name} has no value yet; run its initializer or load one");

    /// <summary>Replaces a variable's value, which the store then owns.</summary>
    /// <exception cref="InvalidOperationException">Forks share the value.</exception>
    internal void Set(Variable variable, DeviceTensor value)
    {
        if (Shared(variable) is not null)
        {
            value.Dispose();
            throw new InvalidOperationException($"variable {variable.Name} cannot change: several sessions share its value");
        }

        if (_values.Remove(variable, out DeviceTensor? old))
        {
            old.Dispose();
        }

        _values.Add(variable, value);
    }

    /// <summary>Remembers that a variable changes after all, so that models no longer hold its value as a constant.</summary>
    internal void MarkChanging(Variable variable) => _changing.Add(variable);

    /// <summary>Whether models may hold the variable's value as a constant.</summary>
    internal bool IsConstant(Variable variable) =>
        _shared is null ? !variable.IsAssignedByGraph && !_changing.Contains(variable) : _shared.ContainsKey(variable);

    /// <summary>A store with the same values. Those of variables that models may hold are shared from then on, and cannot change.</summary>
    /// <param name="copy">Copies the other values.</param>
    internal VariableStore Fork(Func<DeviceTensor, DeviceTensor> copy)
    {
        if (_shared is null)
        {
            _shared = _values.Where(v => IsConstant(v.Key)).ToFrozenDictionary();
            foreach (Variable variable in _shared.Keys)
            {
                _values.Remove(variable);
            }
        }

        VariableStore fork = new(_shared);
        foreach ((Variable variable, DeviceTensor value) in _values)
        {
            fork._values.Add(variable, copy(value));
        }

        return fork;
    }

    public void Dispose()
    {
        foreach (DeviceTensor value in _ownsShared ? _values.Values.Concat(_shared?.Values ?? []) : _values.Values)
        {
            value.Dispose();
        }

        _values.Clear();
    }

    private DeviceTensor? Shared(Variable variable) => _shared?.GetValueOrDefault(variable);
}
