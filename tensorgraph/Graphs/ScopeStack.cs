namespace TensorGraph.Graphs;

/// <summary>A stack whose entries are left by disposing what entering them returned: name scopes, devices, control dependencies.</summary>
internal sealed class ScopeStack<T>
{
    private readonly Stack<T> _entries = new();

    internal ScopeStack(T outermost) => _entries.Push(outermost);

    internal T Current => _entries.Peek();

    internal Entry Enter(T entry)
    {
        _entries.Push(entry);
        return new Entry(this, _entries.Count);
    }

    private void Leave(int depth)
    {
        if (_entries.Count != depth)
        {
            throw new InvalidOperationException("scopes must be left in the reverse order of entering");
        }

        _entries.Pop();
    }

    internal sealed class Entry(ScopeStack<T> stack, int depth) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            if (!_left)
            {
                _left = true;
                stack.Leave(depth);
            }
        }
    }
}
