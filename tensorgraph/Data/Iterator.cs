using NumSharp;
using TensorGraph.Data.Elements;
using TensorGraph.Graphs;

namespace TensorGraph.Data;

/// <summary>
/// Gives the elements of datasets as tensors (<c>tf.data.Iterator</c>). Initializers choose the dataset and start it over; where it stands
/// is each session's own.
/// </summary>
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

    /// <summary>An iterator over any dataset of a structure (<c>from_structure</c>).</summary>
    /// <param name="graph">The graph that its operations are added to.</param>
    /// <param name="types">Element type of each component.</param>
    /// <param name="shapes">Static shape of each component, -1 where a dimension varies.</param>
    /// <param name="name">Name within the graph's current scope.</param>
    /// <exception cref="ArgumentException">There are not as many shapes as types.</exception>
    public static Iterator FromStructure(Graph graph, IReadOnlyList<DataType> types, IReadOnlyList<TensorShape> shapes, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(types);
        ArgumentNullException.ThrowIfNull(shapes);
        return types.Count == shapes.Count
            ? new Iterator(graph, [.. types.Zip(shapes)], graph.UniqueName(name ?? "IteratorV2"))
            : throw new ArgumentException(
                $"an iterator needs a shape for each type; there are {types.Count} types and {shapes.Count} shapes");
    }

    /// <summary>
    /// An operation that starts the iterator at a dataset's first element, reading the tensors that the dataset takes
    /// (<c>make_initializer</c>).
    /// </summary>
    /// <exception cref="ArgumentException">The dataset's elements are not of the iterator's structure.</exception>
    public Operation MakeInitializer(Dataset dataset, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        IReadOnlyList<(DataType DType, TensorShape Shape)> given = dataset.Elements.Spec;
        if (given.Count != _spec.Count
            || !given.Zip(_spec).All(p => p.First.DType == p.Second.DType && p.First.Shape.IsCompatibleWith(p.Second.Shape)))
        {
            throw new ArgumentException(
                $"{Name} gives {ElementSource.Describe(_spec)}; it cannot iterate over a dataset of {ElementSource.Describe(given)}",
                nameof(dataset));
        }

        return _graph.CreateOperation(
            new OperationDefinition(new InitializerKernel(this, dataset), dataset.Inputs, []), name ?? "make_initializer");
    }

    /// <summary>
    /// The next element's components (<c>get_next</c>). Each run advances once; past the end it throws <see cref="OutOfRangeException"/>.
    /// </summary>
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

    private IteratorState StateIn(HostContext context) => context.State(this, NewState);

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

    /// <summary>Starts the iterator at the first element of a dataset.</summary>
    private sealed class InitializerKernel(Iterator iterator, Dataset dataset) : HostKernel("MakeIterator")
    {
        internal override NDArray[] Run(HostContext context, IReadOnlyList<NDArray> inputs)
        {
            iterator.StateIn(context).Start(dataset, context.Operation.Inputs.Zip(inputs).ToDictionary(p => p.First, p => p.Second));
            return [];
        }
    }

    /// <summary>Takes the iterator's next element.</summary>
    private sealed class GetNextKernel(Iterator iterator) : HostKernel("IteratorGetNext")
    {
        internal override NDArray[] Run(HostContext context, IReadOnlyList<NDArray> inputs) => iterator.StateIn(context).Next();
    }
}
