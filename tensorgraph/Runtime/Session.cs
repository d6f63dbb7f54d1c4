using NumSharp;
using TensorGraph.Graphs;
using TensorGraph.Numpy;
using TensorGraph.Operations;
using TensorGraph.Runtime.Onnx;
using TensorGraph.Runtime.Providers;

namespace TensorGraph.Runtime;

/// <summary>Runs parts of a graph and keeps its variables (<c>tf.Session</c>). Calls from several threads wait for each other.</summary>
/// <remarks>
/// A run is pruned to what its fetches need and compiled by ONNX Runtime once for each combination of fetches and fed tensors; the models
/// used longest ago are dropped. A variable that nothing in the graph assigns is compiled in as a constant; loading it afterwards drops the
/// models that hold it. After <see cref="Dispose"/>, every member throws <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed class Session : IDisposable
{
    private static readonly AsyncLocal<Session?> s_default = new();

    private readonly Lock _gate = new();
    private readonly Executor _executor;
    private readonly List<Session> _forks = [];
    private bool _isDisposed;

    /// <summary>Opens a session on a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="config">Device and threads; the CPU and all cores if left out.</param>
    /// <exception cref="NotSupportedException">The device asked for is not there; the message says what to install.</exception>
    public Session(Graph graph, SessionConfig? config = null)
        : this(graph, ExecutionProvider.Open(OptionsOf(config ?? new SessionConfig())))
    {
    }

    /// <summary>Opens a session on a graph, with a provider that it then owns.</summary>
    internal Session(Graph graph, ExecutionProvider provider)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Graph = graph;
        _executor = new Executor(provider);
    }

    private Session(Graph graph, Executor executor) => (Graph, _executor) = (graph, executor);

    /// <summary>The innermost session entered by <see cref="AsDefault"/>; null where there is none.</summary>
    public static Session? Default => s_default.Value;

    /// <summary>The graph that the session runs.</summary>
    public Graph Graph { get; }

    /// <summary>How many models are compiled at present.</summary>
    public int CompiledModels => Locked(() => _executor.CompiledModels);

    /// <summary>Makes this the default session, and its graph the default graph, until what is returned is disposed.</summary>
    public IDisposable AsDefault()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
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
    /// <exception cref="ArgumentException">A fetch is of another graph, or a value does not fit its placeholder.</exception>
    /// <exception cref="InvalidOperationException">A placeholder is not fed, or a variable has no value.</exception>
    public NDArray[] Run(ReadOnlySpan<Fetch> fetches, FeedDict? feeds = null)
    {
        Fetch[] wanted = fetches.ToArray();
        foreach (Fetch fetch in wanted)
        {
            Check(fetch.Operation, nameof(fetches));
        }

        foreach (Tensor tensor in feeds?.Keys ?? Enumerable.Empty<Tensor>())
        {
            Check(tensor.Operation, nameof(feeds));
        }

        return Locked(() => _executor.Run(wanted, new RunState(feeds)));
    }

    /// <summary>Runs what one tensor needs and returns its value.</summary>
    public NDArray Run(Tensor fetch, FeedDict? feeds = null)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        return Run([fetch], feeds)[0];
    }

    /// <summary>Runs an operation.</summary>
    public void Run(Operation operation, FeedDict? feeds = null) => Run([operation], feeds);

    /// <summary>Gives a variable a value directly, without an operation in the graph (<c>Variable.load</c>).</summary>
    /// <exception cref="ArgumentException">The shape differs from the variable's.</exception>
    public void Load(Variable variable, NDArray value)
    {
        ArgumentNullException.ThrowIfNull(variable);
        ArgumentNullException.ThrowIfNull(value);
        Check(variable.Initializer, nameof(variable));
        if (!variable.Shape.Select(d => (long)d).SequenceEqual(value.shape))
        {
            throw new ArgumentException(
                $"variable {variable.Name} has shape {variable.Shape}, not [{string.Join(", ", value.shape)}]", nameof(value));
        }

        NDArray converted = value.ContiguousAs(variable.DType.ClrType());
        Locked(() => _executor.Load(variable, converted));
    }

    /// <summary>
    /// Moves a random operation to one of its runs: its next run draws what that run draws in a session that began at the first.
    /// </summary>
    /// <param name="draws">Values that a random operation of known shape draws, such as <c>tf.random_normal</c>'s.</param>
    /// <param name="run">The number of the next run, from 0.</param>
    /// <exception cref="ArgumentException">The tensor is not drawn by a random operation of known shape.</exception>
    public void SeekRandom(Tensor draws, long run) => SeekRandom(draws, [run]);

    /// <summary>
    /// Moves each sample along the first axis of a random operation's values to a run of its own: from then on samples are drawn as an
    /// operation of the same seeds draws them whose shape is that of one sample.
    /// </summary>
    /// <param name="draws">Values that a random operation of known shape draws.</param>
    /// <param name="runs">The number of each sample's next run, from 0; one number is that of all values together.</param>
    internal void SeekRandom(Tensor draws, IReadOnlyList<long> runs)
    {
        ArgumentNullException.ThrowIfNull(draws);
        if (draws.Operation.Kernel is not RandomKernel || !draws.Shape.IsFullyDefined)
        {
            throw new ArgumentException($"{draws.Name} is not drawn by a random operation of known shape", nameof(draws));
        }

        Locked(() => _executor.SeekRandom(draws.Operation, runs));
    }

    /// <summary>
    /// Opens sessions that run at the same time as this one, on the same graph, with the same compiled models. Variables that nothing in
    /// the graph assigns are shared and cannot change any more. The others each session has for itself, with the values that they have
    /// here; random streams and iterators begin anew.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="threads">How many threads they and this one have together.</param>
    /// <returns>Sessions that are disposed with this one.</returns>
    internal IReadOnlyList<Session> Fork(int count, int threads) => Locked(() =>
    {
        Session[] forks = [.. _executor.Fork(count, threads).Select(e => new Session(Graph, e))];
        _forks.AddRange(forks);
        return forks;
    });

    /// <summary>A copy of a variable's value.</summary>
    public NDArray Value(Variable variable) => Run([variable])[0];

    /// <summary>
    /// Takes a name scope's operations out of the graph, with the models and states that the session keeps for them. Where a variable lies
    /// within the scope, or an operation outside reads one within, all stay.
    /// </summary>
    /// <param name="name">The scope's full name.</param>
    public void RemoveScope(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Locked(() => _executor.Forget(Graph.RemoveScope(name.TrimEnd('/'))));
    }

    /// <summary>Saves what computes some tensors as an ONNX model that stands on its own, variables as constants.</summary>
    /// <param name="path">The file; it appears whole or not at all.</param>
    /// <param name="outputs">The tensors, with the names that the model gives them.</param>
    /// <param name="inputs">Tensors that the model's user gives, usually placeholders, with the names that the model gives them.</param>
    /// <exception cref="NotSupportedException">The tensors need an operation that runs on the host, such as a random draw.</exception>
    public void Export(
        string path, IReadOnlyList<(string Name, Tensor Tensor)> outputs, IReadOnlyList<(string Name, Tensor Tensor)> inputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(inputs);
        Locked(() => OnnxExport.Save(path, outputs, inputs, v => _executor.Variables[v].Lend()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _forks.ForEach(f => f.Dispose());
                _executor.Dispose();
            }
        }
    }

    private static ProviderOptions OptionsOf(SessionConfig config) =>
        new(config.Device, config.IntraOpParallelismThreads, config.Kernels, config.ProfilePrefix);

    private void Check(Operation? operation, string parameter)
    {
        ArgumentNullException.ThrowIfNull(operation, parameter);
        if (operation.Graph != Graph)
        {
            throw new ArgumentException($"{operation.Name} is of another graph than the session's", parameter);
        }
    }

    private void Locked(Action action) => Locked(() =>
    {
        action();
        return true;
    });

    private T Locked<T>(Func<T> function)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return function();
        }
    }
}
