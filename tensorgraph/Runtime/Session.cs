using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Operations;
using TensorGraph.Runtime.Onnx;
using TensorGraph.Runtime.Providers;

namespace TensorGraph.Runtime;

/// <summary>Runs parts of a graph and keeps its variables (<c>tf.Session</c>). One run at a time; calls from several threads wait for each other.</summary>
/// <remarks>
/// A run is pruned to what its fetches need and compiled by ONNX Runtime once for each combination of fetches and fed tensors. A variable that nothing in the
/// graph assigns is compiled in as a constant; loading it afterwards drops the models that hold it.
/// </remarks>
public sealed class Session : IDisposable
{
    private static readonly AsyncLocal<Session?> s_default = new();

    private readonly Lock _gate = new();
    private readonly Executor _executor;

    /// <summary>Opens a session on a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="config">Device and threads; the CPU and all cores if left out.</param>
    /// <exception cref="NotSupportedException">The device asked for is not there; the message says what to install.</exception>
    public Session(Graph graph, SessionConfig? config = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Graph = graph;
        config ??= new SessionConfig();
        _executor = new Executor(ExecutionProvider.Open(config.Device, config.IntraOpParallelismThreads));
    }

    /// <summary>Opens a session on a graph, with a provider that it then owns.</summary>
    internal Session(Graph graph, ExecutionProvider provider)
    {
        Graph = graph;
        _executor = new Executor(provider);
    }

    /// <summary>The innermost session entered by <see cref="AsDefault"/> (<c>tf.get_default_session()</c>).</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static Session Default => s_default.Value ?? throw new InvalidOperationException("there is no default session; enter one with AsDefault()");

    /// <summary>The graph that the session runs.</summary>
    public Graph Graph { get; }

    /// <summary>How many models are compiled at present.</summary>
    public int CompiledModels => _executor.CompiledModels;

    /// <summary>Makes this the default session, and its graph the default graph, until what is returned is disposed.</summary>
    public IDisposable AsDefault()
    {
        Session? outer = s_default.Value;
        IDisposable graph = Graph.AsDefault();
        s_default.Value = this;
        return new Leaving(() =>
        {
            s_default.Value = outer;
            graph.Dispose();
        });
    }

    /// <summary>Runs what the fetches need.</summary>
    /// <param name="fetches">Tensors, variables and operations.</param>
    /// <param name="feeds">Values for placeholders; element types are converted to the placeholder's.</param>
    /// <returns>The value of each tensor fetched; an empty array for an operation.</returns>
    /// <exception cref="InvalidOperationException">A placeholder is not fed, or a variable has no value.</exception>
    public NDArray[] Run(ReadOnlySpan<Fetch> fetches, FeedDict? feeds = null)
    {
        Fetch[] wanted = fetches.ToArray();
        lock (_gate)
        {
            return _executor.Run(wanted, new RunState(feeds));
        }
    }

    /// <summary>Runs what one tensor needs and returns its value.</summary>
    public NDArray Run(Tensor fetch, FeedDict? feeds = null) => Run([fetch], feeds)[0];

    /// <summary>Runs an operation.</summary>
    public void Run(Operation operation, FeedDict? feeds = null) => Run([operation], feeds);

    /// <summary>Gives a variable a value directly, without an operation in the graph (<c>Variable.load</c>).</summary>
    /// <exception cref="ArgumentException">The shape differs from the variable's.</exception>
    public void Load(Variable variable, NDArray value)
    {
        ArgumentNullException.ThrowIfNull(variable);
        ArgumentNullException.ThrowIfNull(value);
        if (!variable.Shape.Select(d => (long)d).SequenceEqual(value.shape))
        {
            throw new ArgumentException($"variable {variable.Name} has shape {variable.Shape}, not [{string.Join(", ", value.shape)}]", nameof(value));
        }

        Type type = variable.DType.ClrType();
        lock (_gate)
        {
            _executor.Load(variable, (value.dtype == type ? value : value.astype(type)).Contiguous());
        }
    }

    /// <summary>Moves a random operation to one of its runs: its next run draws what that run draws in a session that began at the first.</summary>
    /// <param name="draws">Values that a random operation of known shape draws, such as <c>tf.random_normal</c>'s.</param>
    /// <param name="run">The number of the next run, from 0.</param>
    /// <exception cref="ArgumentException">The tensor is not drawn by a random operation of known shape.</exception>
    public void SeekRandom(Tensor draws, long run)
    {
        ArgumentNullException.ThrowIfNull(draws);
        if (draws.Operation.Kernel is not RandomKernel || !draws.Shape.IsFullyDefined)
        {
            throw new ArgumentException($"{draws.Name} is not drawn by a random operation of known shape", nameof(draws));
        }

        lock (_gate)
        {
            _executor.SeekRandom(draws.Operation, run);
        }
    }

    /// <summary>A copy of a variable's value.</summary>
    public NDArray Value(Variable variable) => Run([variable])[0];

    /// <summary>Saves what computes some tensors as an ONNX model that stands on its own, variables as constants.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    /// <param name="outputs">The tensors, with the names that the model gives them.</param>
    /// <param name="inputs">Tensors that the model's user gives, usually placeholders, with the names that the model gives them.</param>
    /// <exception cref="NotSupportedException">The tensors need an operation that runs on the host, such as a random draw.</exception>
    public void Export(string path, IReadOnlyList<(string Name, Tensor Tensor)> outputs, IReadOnlyList<(string Name, Tensor Tensor)> inputs)
    {
        lock (_gate)
        {
            OnnxExport.Save(path, outputs, inputs, v => _executor.Variables[v].ToArray());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _executor.Dispose();
        }
    }
}
