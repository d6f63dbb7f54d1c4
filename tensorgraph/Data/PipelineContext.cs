using NumSharp;
using TensorGraph.Data.Files;
using TensorGraph.Graphs;

namespace TensorGraph.Data;

/// <summary>What the streams of one initialised pipeline share: the values that its initializer read, state that outlives a pass, and open files.</summary>
/// <param name="values">The value of each tensor that the datasets take.</param>
internal sealed class PipelineContext(IReadOnlyDictionary<Tensor, NDArray> values) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Dataset, object> _states = [];
    private readonly Dictionary<string, RecordFile> _files = [];
    private volatile bool _isStopped;

    /// <summary>Whether nobody wants elements any more; background work ends at the next element.</summary>
    internal bool IsStopped => _isStopped;

    internal void Stop() => _isStopped = true;

    /// <summary>The value that a tensor had when the initializer ran.</summary>
    /// <exception cref="InvalidOperationException">The pipeline runs outside a session.</exception>
    internal NDArray ValueOf(Tensor tensor) =>
        values.TryGetValue(tensor, out NDArray? value)
            ? value
            : throw new InvalidOperationException($"the dataset takes the tensor {tensor.Name}; iterate over it in a session, with an initializer");

    /// <summary>State that a dataset keeps from pass to pass; made on first use.</summary>
    internal T State<T>(Dataset dataset, Func<T> create)
        where T : class
    {
        lock (_gate)
        {
            if (!_states.TryGetValue(dataset, out object? state))
            {
                state = create();
                _states.Add(dataset, state);
            }

            return (T)state;
        }
    }

    /// <summary>A record file, opened once for all passes: elements read from it wherever in the pipeline they are.</summary>
    internal RecordFile OpenFile(string path)
    {
        lock (_gate)
        {
            if (!_files.TryGetValue(path, out RecordFile? file))
            {
                file = new RecordFile(path);
                _files.Add(path, file);
            }

            return file;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (RecordFile file in _files.Values)
            {
                file.Dispose();
            }

            _files.Clear();
        }
    }
}
