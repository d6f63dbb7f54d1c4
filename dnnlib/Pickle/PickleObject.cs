namespace Dnnlib.Pickle;

/// <summary>
/// An object of a class that is not known here, kept inert: what the pickle wanted to call and with what; nothing was called.
/// </summary>
public sealed class PickleObject
{
    internal PickleObject(object? callable, object? arguments)
    {
        Callable = callable;
        Arguments = arguments;
    }

    /// <summary>What was to be called: mostly a <see cref="PickleGlobal"/>.</summary>
    public object? Callable { get; }

    /// <summary>The arguments, mostly an array of objects (a tuple).</summary>
    public object? Arguments { get; }

    /// <summary>The object's state, mostly a <see cref="PickleDict"/> of its attributes; null where it has none.</summary>
    public object? State { get; internal set; }

    /// <summary>Elements appended to it, where it is a kind of list.</summary>
    public IReadOnlyList<object?> Items => ItemList ?? [];

    /// <summary>Entries set on it, where it is a kind of dictionary.</summary>
    public PickleDict? Entries { get; internal set; }

    internal List<object?>? ItemList { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Callable is PickleGlobal global ? $"{global}(...)" : "a call of an unnamed object";
}
