namespace TensorGraph.Graphs;

/// <content>Name scopes, devices and control dependencies: stacks that belong to the graph and are entered and left.</content>
public sealed partial class Graph
{
    private readonly Dictionary<string, int> _namesInUse = [];
    private readonly ScopeStack<string> _nameScopes = new("");
    private readonly ScopeStack<string> _devices = new("");
    private readonly ScopeStack<IReadOnlyList<Operation>> _controlInputs = new([]);
    private readonly ScopeStack<IReadOnlyList<HashSet<Operation>>> _branches = new([]);

    /// <summary>
    /// A name not yet used in the graph, under the current name scope, by TensorFlow's own rule: <c>a</c>, <c>a_1</c>, <c>a_2</c> ...;
    /// upper and lower case collide.
    /// </summary>
    public string UniqueName(string name)
    {
        string scoped = _nameScopes.Current.Length == 0 ? name : $"{_nameScopes.Current}/{name}";
        string key = scoped.ToLowerInvariant();
        int uses = _namesInUse.GetValueOrDefault(key);
        _namesInUse[key] = uses + 1;
        if (uses == 0)
        {
            return scoped;
        }

        string candidate = key;
        while (_namesInUse.ContainsKey(candidate))
        {
            candidate = $"{key}_{uses++}";
        }

        _namesInUse[candidate] = 1;
        return $"{scoped}_{uses - 1}";
    }

    /// <summary>
    /// Enters a name scope (<c>tf.name_scope</c>): a name ending in a slash re-enters that very scope, an empty one the root.
    /// </summary>
    public NameScope NameScope(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string scope = name.Length == 0 ? "" : name.EndsWith('/') ? name[..^1] : UniqueName(name);
        return new NameScope(scope.Length == 0 ? "" : scope + "/", _nameScopes.Enter(scope));
    }

    /// <summary>Places operations made until the scope is left on a device, such as <c>/cpu:0</c> (<c>tf.device</c>).</summary>
    /// <exception cref="ArgumentException">The name is not that of a device.</exception>
    public IDisposable Device(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string kind = name.TrimStart('/').Split(':')[0];
        return kind is "" or "cpu" or "gpu" or "CPU" or "GPU"
            ? _devices.Enter(name.ToLowerInvariant())
            : throw new ArgumentException($"{name} is not a device; devices are /cpu:0 and /gpu:0", nameof(name));
    }

    /// <summary>
    /// Makes operations created until the scope is left run after the given ones (<c>tf.control_dependencies</c>); null clears the
    /// dependencies around.
    /// </summary>
    public IDisposable ControlDependencies(params Operation[]? operations) =>
        _controlInputs.Enter(operations is null ? [] : [.. _controlInputs.Current, .. operations]);

    /// <summary>
    /// Takes a name scope's operations out of the graph, and frees their names. Where a variable lies within the scope, or an operation
    /// outside reads one within, all stay.
    /// </summary>
    /// <returns>The operations taken out.</returns>
    internal IReadOnlySet<Operation> RemoveScope(string name)
    {
        string prefix = name + "/";
        ILookup<bool, Operation> within = _operations.ToLookup(o => o.Name.StartsWith(prefix, StringComparison.Ordinal));
        HashSet<Operation> removed = [.. within[true]];
        bool isNeeded = Variables.Any(v => removed.Contains(v.Initializer))
            || within[false].Any(o => o.Inputs.Any(i => removed.Contains(i.Operation)) || o.ControlInputs.Any(removed.Contains));
        if (isNeeded)
        {
            return new HashSet<Operation>();
        }

        _operations.RemoveAll(removed.Contains);
        string key = prefix.ToLowerInvariant();
        foreach (string used in _namesInUse.Keys.Where(n => n.StartsWith(key, StringComparison.Ordinal)).ToArray())
        {
            _namesInUse.Remove(used);
        }

        return removed;
    }

    /// <summary>Collects the operations made until the scope is left, those of scopes within included.</summary>
    internal IDisposable CollectBranch(HashSet<Operation> branch) => _branches.Enter([.. _branches.Current, branch]);

    private Operation[] CurrentControlInputs(OperationDefinition definition) =>
        [.. _controlInputs.Current.Except(definition.Inputs.Select(i => i.Operation)).Distinct()];
}
