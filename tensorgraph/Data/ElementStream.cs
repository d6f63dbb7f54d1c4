namespace TensorGraph.Data;

/// <summary>One pass over a dataset. Used by one thread at a time.</summary>
internal abstract class ElementStream : IDisposable
{
    /// <summary>Gives the next element.</summary>
    /// <param name="element">Takes the element's components.</param>
    /// <returns>False at the end, and from then on.</returns>
    internal abstract bool MoveNext(Span<Component> element);

    /// <summary>Takes what the next element is made of, so that it can be made while the one after is taken.</summary>
    /// <param name="width">Components of an element.</param>
    /// <returns>Makes the element, its components in memory, on any thread; null at the end, and from then on.</returns>
    internal virtual Func<Component[]>? BeginNext(int width)
    {
        Component[] element = new Component[width];
        return MoveNext(element) ? () => [.. element.Select(c => c.Loaded())] : null;
    }

    /// <summary>Stops what runs in the background and gives back what is held.</summary>
    public abstract void Dispose();

    /// <summary>Releases components that nobody will use.</summary>
    internal static void Release(ReadOnlySpan<Component> components)
    {
        foreach (Component component in components)
        {
            component.Release();
        }
    }
}
