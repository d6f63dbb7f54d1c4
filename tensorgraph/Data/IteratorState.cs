using NumSharp;
using TensorGraph.Graphs;

namespace TensorGraph.Data;

/// <summary>Where an iterator stands in one session.</summary>
internal sealed class IteratorState(string name) : IDisposable
{
    private readonly Lock _gate = new();
    private Pipeline? _pipeline;

    /// <summary>Starts at the first element of a dataset, leaving the one before.</summary>
    internal void Start(Dataset dataset, IReadOnlyDictionary<Tensor, NDArray> values)
    {
        lock (_gate)
        {
            _pipeline?.Dispose();
            _pipeline = null;
            _pipeline = new Pipeline(dataset.Elements, values);
        }
    }

    /// <summary>The next element's components.</summary>
    /// <exception cref="OutOfRangeException">There is none.</exception>
    /// <exception cref="InvalidOperationException">No initializer has run.</exception>
    internal NDArray[] Next()
    {
        lock (_gate)
        {
            Pipeline pipeline = _pipeline ?? throw new InvalidOperationException($"{name} stands at no dataset; run an initializer first");
            return pipeline.MoveNext() ? pipeline.Current : throw new OutOfRangeException(name);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _pipeline?.Dispose();
            _pipeline = null;
        }
    }
}
