using TensorGraph.Data.Elements;

namespace TensorGraph.Data.Transformations;

/// <summary>
/// The source's elements, made in the background and kept ready, at most <c>bufferSize</c> of them; their order and errors stay as they
/// are.
/// </summary>
/// <remarks>
/// Filling begins with the first request. A consumer that makes something of several elements, such as batches, makes that ahead instead,
/// so that nothing is copied twice.
/// </remarks>
internal sealed class Prefetch : ElementSource
{
    private readonly long _bufferSize;

    internal Prefetch(ElementSource source, long bufferSize)
        : base(source.Spec, source)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bufferSize, 0);
        _bufferSize = bufferSize;
    }

    internal override ElementStream Open(PipelineContext context)
    {
        ElementStream source = Sources[0].Open(context);
        return _bufferSize == 0 ? source : new MadeElements(source, BeginNext, _bufferSize, workers: 1, context);

        Func<Component[]>? BeginNext()
        {
            Component[] element = new Component[Spec.Count];
            return source.MoveNext(element) ? () => [.. element.Select(c => c.Loaded())] : null;
        }
    }

    internal override (ElementStream Elements, long Ahead) OpenForMakingAhead(PipelineContext context) =>
        (Sources[0].Open(context), _bufferSize);
}
