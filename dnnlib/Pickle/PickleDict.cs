using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Dnnlib.Pickle;

/// <summary>A Python dictionary or a known kind of it (<c>OrderedDict</c>, <c>EasyDict</c>), in order of first assignment.</summary>
/// <remarks>Texts, numbers and bytes are equal as keys by value, everything else by reference.</remarks>
public sealed class PickleDict : IEnumerable<KeyValuePair<object, object?>>
{
    private readonly OrderedDictionary<object, object?> _entries = new(PickleKeyComparer.Instance);

    internal PickleDict(PickleGlobal? kind = null) => Kind = kind;

    /// <summary>The class where it is not <c>dict</c> itself.</summary>
    public PickleGlobal? Kind { get; }

    /// <summary>The number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>Attributes of the dictionary object itself; null where it has none.</summary>
    public object? State { get; internal set; }

    /// <summary>Finds a value by its key.</summary>
    public bool TryGetValue(object key, [MaybeNullWhen(false)] out object? value) => _entries.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<object, object?>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The value of a key; null where there is none.</summary>
    internal object? Find(object key) => _entries.GetValueOrDefault(key);

    internal void Set(object key, object? value) => _entries[key] = value;
}
