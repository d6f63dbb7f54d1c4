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
internal sealed class Prefetch(ElementSource source, long bufferSize) : ElementSource(source.Spec, source)
{
    internal override ElementStream Open(PipelineContext context)
    {
        ElementStream elements = Sources[0].Open(context);
        return bufferSize == 0 ? elements : new MadeElements(elements, BeginNext, bufferSize, workers: 1, context);

        Func<Component[]>? BeginNext()
        {
            Component[] element = new Component[Spec.Count];
            return elements.MoveNext(element) ? () => [.. element.Select(c => c.Loaded())] : null;
        }
    }

    internal override (ElementStream Elements, long Ahead) OpenForMakingAhead(PipelineContext context) =>
        (Sources[0].Open(context), bufferSize);
}
