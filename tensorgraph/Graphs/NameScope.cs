namespace TensorGraph.Graphs;

/// <summary>An entered name scope; disposing leaves it.</summary>
public sealed class NameScope : IDisposable
{
    private readonly IDisposable _entry;

    internal NameScope(string name, IDisposable entry)
    {
        Name = name;
        _entry = entry;
    }

    /// <summary>
    /// The scope's full name with a trailing slash, as TensorFlow gives it: entering that name again re-enters the very scope. Empty for
    /// the root.
    /// </summary>
    public string Name { get; }

    /// <inheritdoc/>
    public void Dispose() => _entry.Dispose();
}
