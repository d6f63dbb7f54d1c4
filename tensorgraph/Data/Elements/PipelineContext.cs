using System.Runtime.InteropServices;
using NumSharp;
using TensorGraph.Graphs;

namespace TensorGraph.Data.Elements;

/// <summary>
/// What the streams of one initialized pipeline share: the values that its initializer read, and what outlives a pass, such as open files.
/// </summary>
/// <param name="values">The value of each tensor that the sources take.</param>
internal sealed class PipelineContext(IReadOnlyDictionary<Tensor, NDArray> values) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<object, object> _shared = [];

    /// <summary>Cancelled when nobody wants elements any more; background work ends at the next element.</summary>
    internal CancellationToken Stopping => _stopping.Token;

    internal void Stop() => _stopping.Cancel();

    /// <summary>The value that a tensor had when the initializer ran.</summary>
    /// <exception cref="InvalidOperationException">The pipeline runs outside a session.</exception>
    internal NDArray ValueOf(Tensor tensor) =>
        values.TryGetValue(tensor, out NDArray? value)
            ? value
            : throw new InvalidOperationException(
                $"the dataset takes the tensor {tensor.Name}; iterate over it in a session, with an initializer");

    /// <summary>What all passes share under a key; made on first use. A disposable is disposed with the pipeline.</summary>
    internal T Shared<T>(object key, Func<T> create)
        where T : class
    {
        lock (_gate)
        {
            return (T)(CollectionsMarshal.GetValueRefOrAddDefault(_shared, key, out _) ??= create());
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (IDisposable disposable in _shared.Values.OfType<IDisposable>())
            {
                disposable.Dispose();
            }

            _shared.Clear();
        }

        _stopping.Dispose();
    }
}
