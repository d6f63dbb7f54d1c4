namespace TensorGraph.Data.Elements;

/// <summary>A transformation failed for one element.</summary>
internal sealed class ElementException : Exception
{
    /// <summary>A failure.</summary>
    /// <param name="transformation">The transformation, such as <c>map</c>.</param>
    /// <param name="index">The element's index in the pass over the dataset, from 0.</param>
    /// <param name="inner">What was thrown.</param>
    internal ElementException(string transformation, long index, Exception inner)
        : base($"{transformation}: element {index}: {inner?.Message}", inner) => Index = index;

    /// <summary>The element's index in the pass over the dataset, from 0.</summary>
    internal long Index { get; }
}
