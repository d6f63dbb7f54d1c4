using TensorGraph.Graphs;

namespace TensorGraph.Data;

/// <summary>Gives the elements of datasets as tensors (<c>tf.data.Iterator</c>). Initializers choose the dataset and start it over; where it stands is each session's own.</summary>
/// <remarks>Disposing the iterator, or its graph, stops its background work in every session and closes its files.</remarks>
public sealed class Iterator : IDisposable
{
    private readonly Graph _graph;
    private readonly IReadOnlyList<(DataType DType, TensorShape Shape)> _spec;
    private readonly List<WeakReference<IteratorState>> _states = [];

    private Iterator(Graph graph, IReadOnlyList<(DataType, TensorShape)> spec, string name)
    {
        _graph = graph;
        _spec = spec;
        Name = name;
        graph.Own(this);
    }

    /// <summary>Unique scoped name.</summary>
    public string Name { get; }

    /// <summary>An iterator over any dataset of a structure (<c>from_structure</c>), in the default graph.</summary>
    /// <param name="types">Element type of each component.</param>
    /// <param name="shapes">Static shape of each component, -1 where a dimension varies.</param>
    /// <param name="name">Name within the current scope.</param>
    /// <exception cref="ArgumentException">There are not as many shapes as types.</exception>
    public static Iterator FromStructure(IReadOnlyList<DataType> types, IReadOnlyList<TensorShape> shapes, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(types);
        ArgumentNullException.ThrowIfNull(shapes);
        return types.Count == shapes.Count
            ? new Iterator(Graph.Default, [.. types.Zip(shapes)], Graph.Default.UniqueName(name ?? "IteratorV2"))
            : throw new ArgumentException($"an iterator needs a shape for each type; there are {types.Count} types and {shapes.Count} shapes");
    }

    /// <summary>An operation that starts the iterator at a dataset's first element, reading the tensors that the dataset takes (<c>make_initializer</c>).</summary>
    /// <exception cref="ArgumentException">The dataset's elements are not of the iterator's structure.</exception>
    public Operation MakeInitializer(Dataset dataset, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.Spec.Count != _spec.Count || !dataset.Spec.Zip(_spec).All(p => p.First.DType == p.Second.DType && p.First.Shape.IsCompatibleWith(p.Second.Shape)))
        {
            throw new ArgumentException($"{Name} gives {Describe(_spec)}; it cannot iterate over a dataset of {Describe(dataset.Spec)}", nameof(dataset));
        }

        return _graph.CreateOperation(
            new OperationDefinition(new MakeIteratorKernel(this, dataset), dataset.Inputs, []), name ?? "make_initializer");
    }

    /// <summary>The next element's components (<c>get_next</c>). Each run advances once; past the end it throws <see cref="OutOfRangeException"/>.</summary>
    public IReadOnlyList<Tensor> GetNext(string? name = null) =>
        _graph.CreateOperation(new OperationDefinition(new GetNextKernel(this), [], _spec), name ?? "IteratorGetNext").Outputs;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_states)
        {
            foreach (WeakReference<IteratorState> reference in _states)
            {
                if (reference.TryGetTarget(out IteratorState? state))
                {
                    state.Dispose();
                }
            }

            _states.Clear();
        }
    }

    /// <summary>Where the iterator stands in the session that runs an operation.</summary>
    internal IteratorState StateIn(HostContext context) => context.State(this, NewState);

    private IteratorState NewState()
    {
        IteratorState state = new(Name);
        lock (_states)
        {
            _states.RemoveAll(r => !r.TryGetTarget(out _));
            _states.Add(new WeakReference<IteratorState>(state));
        }

        return state;
    }

    private static string Describe(IEnumerable<(DataType DType, TensorShape Shape)> spec) => string.Join(", ", spec.Select(s => $"{s.DType} {s.Shape}"));
}
