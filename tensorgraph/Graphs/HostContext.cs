namespace TensorGraph.Graphs;

/// <summary>What a <see cref="HostKernel"/> sees of the session that runs it.</summary>
internal sealed class HostContext
{
    private readonly Dictionary<object, object> _states;

    internal HostContext(Operation operation, Dictionary<object, object> states)
    {
        Operation = operation;
        _states = states;
    }

    /// <summary>The operation being run.</summary>
    internal Operation Operation { get; }

    /// <summary>
    /// State that the session keeps under a key (an operation, an iterator) until it is disposed; made on first use. A disposable state is
    /// disposed with the session.
    /// </summary>
    internal T State<T>(object key, Func<T> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(create);
        if (!_states.TryGetValue(key, out object? state))
        {
            state = create();
            _states.Add(key, state);
        }

        return (T)state;
    }
}
