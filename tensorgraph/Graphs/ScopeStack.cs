namespace TensorGraph.Graphs;

/// <summary>A stack whose entries are left by disposing what entering them returned: name scopes, devices, control dependencies.</summary>
internal sealed class ScopeStack<T>
{
    private readonly Stack<T> _entries = new();

    internal ScopeStack(T outermost) => _entries.Push(outermost);

    internal T Current => _entries.Peek();

    internal IDisposable Enter(T entry)
    {
        _entries.Push(entry);
        int depth = _entries.Count;
        return new Leaving(() => Leave(depth));
    }

    private void Leave(int depth)
    {
        if (_entries.Count != depth)
        {
            throw new InvalidOperationException("scopes must be left in the reverse order of entering");
        }

        _entries.Pop();
    }
}
