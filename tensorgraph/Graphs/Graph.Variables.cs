namespace TensorGraph.Graphs;

/// <content>Variables and the scopes that name them.</content>
public sealed partial class Graph
{
    private readonly ScopeStack<VariableScopeState> _variableScopes = new(new("", VariableReuse.None));
    private readonly Dictionary<string, Variable> _variables = [];

    /// <summary>Every variable in order of creation (<c>tf.global_variables()</c>).</summary>
    public IEnumerable<Variable> Variables => _variables.Values;

    /// <summary>Enters a variable scope, and with it a name scope of the same name (<c>tf.variable_scope</c>).</summary>
    public IDisposable VariableScope(string name, VariableReuse reuse = VariableReuse.Inherit)
    {
        VariableScopeState outer = _variableScopes.Current;
        IDisposable variables = _variableScopes.Enter(
            outer with { Name = outer.FullName(name), Reuse = reuse == VariableReuse.Inherit ? outer.Reuse : reuse });
        NameScope names = NameScope(name);
        return new Leaving(() =>
        {
            names.Dispose();
            variables.Dispose();
        });
    }

    /// <summary>
    /// Enters the variable scope of exactly that full name, leaving name scopes alone (<c>tflib.absolute_variable_scope</c>).
    /// </summary>
    /// <param name="fullName">The scope's full name.</param>
    /// <param name="reuse">Whether variables that exist are found again.</param>
    /// <param name="beforeCreation">
    /// Receives the full name and the shape of each variable within the scope before it is made; an exception keeps it from being made.
    /// </param>
    public IDisposable AbsoluteVariableScope(
        string fullName, VariableReuse reuse = VariableReuse.Auto, Action<string, TensorShape>? beforeCreation = null) =>
        _variableScopes.Enter(new VariableScopeState(fullName, reuse, beforeCreation));

    /// <summary>Makes a variable, or finds it again, under the current variable scope (<c>tf.get_variable</c>).</summary>
    /// <param name="name">Name within the scope.</param>
    /// <param name="shape">Fully known shape.</param>
    /// <param name="initializer">Makes the initial value for a shape.</param>
    /// <param name="trainable">Whether optimizers may change it.</param>
    /// <exception cref="ArgumentException">It exists and the scope does not reuse, or does not exist and the scope only reuses, or its
    /// shape differs.</exception>
    public Variable GetVariable(string name, TensorShape shape, Func<TensorShape, Tensor> initializer, bool trainable = true)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        VariableScopeState scope = _variableScopes.Current;
        string full = scope.FullName(name);
        if (_variables.TryGetValue(full, out Variable? found))
        {
            return CheckReused(found, shape, scope.Reuse);
        }

        if (scope.Reuse == VariableReuse.Reuse)
        {
            throw new ArgumentException($"variable {full} does not exist, and its scope only reuses variables", nameof(name));
        }

        scope.BeforeCreation?.Invoke(full, shape);
        using (ControlDependencies(null))
        using (NameScope(full + "/"))
        {
            return AddVariable(full, InitialValue(full, initializer, shape), trainable);
        }
    }

    /// <summary>Makes a variable with a name of its own under the current name scope (<c>tf.Variable</c>).</summary>
    public Variable CreateVariable(Tensor initialValue, string? name = null, bool trainable = true) =>
        AddVariable(UniqueName(name ?? "Variable"), initialValue, trainable);

    private static Variable CheckReused(Variable found, TensorShape shape, VariableReuse reuse)
    {
        if (reuse == VariableReuse.None)
        {
            throw new ArgumentException($"variable {found.Name} exists already, and its scope does not reuse variables");
        }

        return found.Shape == shape
            ? found
            : throw new ArgumentException($"variable {found.Name} has shape {found.Shape}, not {shape}");
    }

    private static Tensor InitialValue(string name, Func<TensorShape, Tensor> initializer, TensorShape shape)
    {
        Tensor value = initializer(shape);
        return value.Shape == shape
            ? value
            : throw new ArgumentException($"variable {name}: its initializer made {value.Shape}, not {shape}", nameof(initializer));
    }

    private Variable AddVariable(string name, Tensor initialValue, bool trainable)
    {
        Variable variable = new(this, name, initialValue, trainable);
        _variables.Add(name, variable);
        return variable;
    }
}
