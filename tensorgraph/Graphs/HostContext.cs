using System.Runtime.InteropServices;

namespace TensorGraph.Graphs;

/// <summary>What a <see cref="HostKernel"/> sees of the session that runs it.</summary>
internal sealed class HostContext(Operation operation, Dictionary<object, object> states)
{
    /// <summary>The operation being run.</summary>
    internal Operation Operation => operation;

    /// <summary>
    /// State that the session keeps under a key (an operation, an iterator) until it is disposed; made on first use. A disposable state is
    /// disposed with the session.
    /// </summary>
    internal T State<T>(object key, Func<T> create)
        where T : class => (T)(CollectionsMarshal.GetValueRefOrAddDefault(states, key, out _) ??= create());
}
