using System.Collections;
using System.Globalization;

namespace Dnnlib;

/// <summary>An ordered dictionary of named settings (<c>dnnlib.EasyDict</c>): keyword arguments as Python passes them.</summary>
public sealed class EasyDict : IEnumerable<KeyValuePair<string, object?>>, IEquatable<EasyDict>
{
    private readonly OrderedDictionary<string, object?> _values = [];

    /// <summary>An empty dictionary.</summary>
    public EasyDict()
    {
    }

    /// <summary>A copy of another dictionary.</summary>
    public EasyDict(IEnumerable<KeyValuePair<string, object?>> values) => Update(values);

    /// <summary>The names, in order of first assignment.</summary>
    public IReadOnlyList<string> Keys => _values.Keys;

    /// <summary>The number of values.</summary>
    public int Count => _values.Count;

    /// <summary>A value by name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public object? this[string name]
    {
        get => _values.TryGetValue(name, out object? value) ? value : throw new KeyNotFoundException($"there is no value named {name}");
        set => _values[name] = value;
    }

    /// <summary>Whether there is a value of that name.</summary>
    public bool ContainsKey(string name) => _values.ContainsKey(name);

    /// <summary>Finds a value by name.</summary>
    public bool TryGetValue(string name, out object? value) => _values.TryGetValue(name, out value);

    /// <summary>A value as a type, numbers converted; the given value where there is none of that name.</summary>
    /// <exception cref="InvalidDataException">The value is of another kind.</exception>
    public T Get<T>(string name, T missing) => _values.TryGetValue(name, out object? value) ? Convert<T>(name, value) : missing;

    /// <summary>A value as a type, numbers converted.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    /// <exception cref="InvalidDataException">The value is of another kind.</exception>
    public T Get<T>(string name) => Convert<T>(name, this[name]);

    /// <summary>Takes over all values of another dictionary.</summary>
    public void Update(IEnumerable<KeyValuePair<string, object?>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach ((string name, object? value) in values)
        {
            this[name] = value;
        }
    }

    /// <summary>Adds or replaces a value.</summary>
    public void Add(string name, object? value) => this[name] = value;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>
    /// Whether both have the same names with equal values, in any order. Arrays, lists and dictionaries are equal where what they hold is;
    /// numbers of different types are not.
    /// </summary>
    public bool Equals(EasyDict? other) =>
        other is not null
        && Count == other.Count
        && _values.All(v => other._values.TryGetValue(v.Key, out object? value) && StructuralComparer.Instance.Equals(v.Value, value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EasyDict);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        _values.Aggregate(0, (hash, v) => hash ^ HashCode.Combine(v.Key, StructuralComparer.Instance.GetHashCode(v.Value)));

    /// <inheritdoc/>
    public override string ToString() => $"{{{string.Join(", ", _values.Select(v => $"{v.Key}={Text(v.Value)}"))}}}";

    /// <summary>A value as <see cref="ToString"/> shows it.</summary>
    public static string Text(object? value) => value switch
    {
        null => "None",
        string text => text,
        EasyDict dict => dict.ToString(),
        IEnumerable values => $"[{string.Join(", ", values.Cast<object?>().Select(Text))}]",
        _ => System.Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static T Convert<T>(string name, object? value)
    {
        if (value is T typed)
        {
            return typed;
        }

        if (value is null && default(T) is null)
        {
            return default!;
        }

        Type type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        try
        {
            return (T)System.Convert.ChangeType(value, type, CultureInfo.InvariantCulture)!;
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"{name} is {value ?? "None"}; it must be a {type.Name}", e);
        }
    }
}
