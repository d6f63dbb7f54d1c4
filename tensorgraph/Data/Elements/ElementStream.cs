namespace TensorGraph.Data.Elements;

/// <summary>One pass over the elements of a source. One thread uses it at a time.</summary>
internal abstract class ElementStream : IDisposable
{
    /// <summary>Gives the next element.</summary>
    /// <param name="element">Receives the element's components.</param>
    /// <returns>False at the end, and from then on.</returns>
    internal abstract bool MoveNext(Span<Component> element);

    /// <summary>Stops what runs in the background and closes what is open.</summary>
    public abstract void Dispose();
}
