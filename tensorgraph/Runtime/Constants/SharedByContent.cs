namespace TensorGraph.Runtime.Constants;

/// <summary>What is made of some content, one for all models of the process that hold the same; what nobody uses is collected.</summary>
/// <typeparam name="TKey">Says what is the same.</typeparam>
/// <typeparam name="T">What is shared.</typeparam>
internal sealed class SharedByContent<TKey, T>
    where TKey : notnull
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, WeakReference<T>> _shared = [];

    /// <summary>What was made of the same content and is in use, or else what is made now.</summary>
    internal T GetOrMake<TContent>(TKey key, TContent content, Func<TContent, T> make)
        where TContent : allows ref struct
    {
        lock (_gate)
        {
            if (!_shared.TryGetValue(key, out WeakReference<T>? kept) || !kept.TryGetTarget(out T? shared))
            {
                shared = make(content);
                _shared[key] = new WeakReference<T>(shared);
            }

            return shared;
        }
    }
}
