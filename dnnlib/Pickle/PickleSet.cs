namespace Dnnlib.Pickle;

/// <summary>A Python set or frozenset.</summary>
public sealed class PickleSet
{
    internal PickleSet(List<object?> items) => ItemList = items;

    /// <summary>Its elements, as the file lists them.</summary>
    public IReadOnlyList<object?> Items => ItemList;

    internal List<object?> ItemList { get; }
}
