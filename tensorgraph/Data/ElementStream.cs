namespace TensorGraph.Data;

/// <summary>One pass over a dataset. Used by one thread at a time.</summary>
internal abstract class ElementStream : IDisposable
{
    /// <summary>Gives the next element.</summary>
    /// <param name="element">Takes the element's components.</param>
    /// <returns>False at the end, and from then on.</returns>
    internal abstract bool MoveNext(Span<Component> element);

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
