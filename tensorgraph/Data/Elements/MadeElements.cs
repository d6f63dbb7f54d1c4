namespace TensorGraph.Data.Elements;

/// <summary>Elements that are made of those of another stream: on request, or ahead in the background.</summary>
/// <param name="source">Disposed with this.</param>
/// <param name="begin">Takes from the source what the next element is made of, and returns what makes the element; null at the end.</param>
/// <param name="ahead">How many elements are made ahead; 0 to make each when it is asked for.</param>
/// <param name="workers">How many of those are made at once.</param>
/// <param name="context">The pipeline, whose end stops the work.</param>
internal sealed class MadeElements(
    ElementStream source, Func<Func<Component[]>?> begin, long ahead, int workers, PipelineContext context) : ElementStream
{
    private readonly OrderedResults<Component[]> _work = new(begin, ahead, workers, context.Stopping);

    internal override bool MoveNext(Span<Component> element)
    {
        bool isThere = _work.TryNext(out Component[]? made);
        made.AsSpan().CopyTo(element);
        return isThere;
    }

    public override void Dispose()
    {
        _work.Dispose();
        source.Dispose();
    }
}
