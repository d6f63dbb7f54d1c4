namespace TensorGraph.Graphs;

/// <summary>Leaves what was entered, once, when disposed.</summary>
internal sealed class Leaving(Action leave) : IDisposable
{
    private Action? _leave = leave;

    public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
}
