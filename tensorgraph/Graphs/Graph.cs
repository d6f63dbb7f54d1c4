namespace TensorGraph.Graphs;

/// <summary>Owns operations, variables, names and scopes (<c>tf.Graph</c>). Not thread-safe.</summary>
public sealed partial class Graph : IDisposable
{
    private static readonly AsyncLocal<Graph?> s_default = new();
    private static readonly Lazy<Graph> s_processDefault = new(() => new Graph());

    private readonly List<Operation> _operations = [];
    private readonly HashSet<IDisposable> _resources = [];
    private bool _isDisposed;

    /// <summary>
    /// The graph that <c>tf</c> functions add to: the innermost one entered by <see cref="AsDefault"/>, else one of the process.
    /// </summary>
    public static Graph Default => s_default.Value ?? s_processDefault.Value;

    /// <summary>Every operation in order of creation.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>
    /// How many operations have been made, removed ones included. A random operation that is given no seed takes it, as it takes
    /// TensorFlow's last operation number.
    /// </summary>
    public int OperationsMade { get; private set; }

    /// <summary>The graph-level random seed (<c>tf.set_random_seed</c>), null while not set.</summary>
    public long? Seed { get; set; }

    /// <summary>Makes this the default graph until what is returned is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The graph is disposed.</exception>
    public IDisposable AsDefault()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Graph? outer = s_default.Value;
        s_default.Value = this;
        return new Leaving(() => s_default.Value = outer);
    }

    /// <summary>Adds an operation under the current name scope, device and control dependencies.</summary>
    /// <param name="definition">What the operation is.</param>
    /// <param name="name">Name within the current scope, made unique by TensorFlow's rule; a trailing slash means the exact full name. Null
    /// names it after its type.</param>
    /// <exception cref="ArgumentException">An input belongs to another graph, or the type is not among the ONNX operators that graphs are
    /// made of.</exception>
    /// <exception cref="ObjectDisposedException">The graph is disposed.</exception>
    public Operation CreateOperation(OperationDefinition definition, string? name = null)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.Host is null)
        {
            OnnxOperators.Check(definition.Type);
        }

        string unique = name is not null && name.EndsWith('/') ? name[..^1] : UniqueName(name ?? definition.Type);
        foreach (Tensor input in definition.Inputs)
        {
            if (input.Graph != this)
            {
                throw new ArgumentException($"{unique}: input {input.Name} belongs to another graph", nameof(definition));
            }
        }

        Operation operation = new(this, OperationsMade++, unique, _devices.Current, definition, CurrentControlInputs(definition));
        _operations.Add(operation);
        foreach (HashSet<Operation> branch in _branches.Current)
        {
            branch.Add(operation);
        }

        return operation;
    }

    /// <summary>Hands something to the graph to dispose together with itself.</summary>
    /// <exception cref="ObjectDisposedException">The graph is disposed.</exception>
    public void Own(IDisposable resource)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(resource);
        _resources.Add(resource);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        foreach (IDisposable resource in _resources)
        {
            resource.Dispose();
        }

        _resources.Clear();
    }
}
